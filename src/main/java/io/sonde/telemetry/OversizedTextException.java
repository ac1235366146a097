package io.sonde.telemetry;

import java.io.IOException;

/** A text that would take too much memory was not made. */
public final class OversizedTextException extends IOException {
  private static final long serialVersionUID = 1;

  OversizedTextException(long limit) {
    super(
        "the metrics are larger than " + limit + " bytes: ask for them with Accept-Encoding: gzip");
  }
}
