package io.sonde.server;

import java.util.function.UnaryOperator;

/**
 * What protects the server from whom it is exposed to.
 *
 * @param encryption how connections begin
 * @param guard wraps what answers every request, and may answer in its place
 */
public record Protection(Encryption encryption, UnaryOperator<Endpoint> guard) {
  /** Plain HTTP for everybody. */
  public static final Protection NONE = new Protection(Encryption.NONE, UnaryOperator.identity());
}
