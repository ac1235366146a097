package io.sonde.telemetry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** The process's standard error, without the locks and the encoder of {@code System.err}. */
final class StandardError {
  private StandardError() {}

  static OutputStream stream() {
    return new FileOutputStream(FileDescriptor.err);
  }
}
