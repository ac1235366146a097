package io.sonde.probe.http;

import io.netty.buffer.ByteBuf;

/**
 * Turns the bytes of a response into those of its content, a bounded piece at a time, so that a few
 * bytes that unpack to gigabytes cost neither memory nor a blocked loop. Says whatever is wrong
 * with the input: damage, a missing end, bytes behind the end.
 */
interface ContentDecoder {
  /** What is wrong with encoded content. */
  final class BadContentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean atStart;

    BadContentException(String message) {
      this(message, false);
    }

    /**
     * Describes bad content.
     *
     * @param atStart whether it was not in that format to begin with
     */
    BadContentException(String message, boolean atStart) {
      super(message, null, false, false);
      this.atStart = atStart;
    }

    boolean atStart() {
      return atStart;
    }
  }

  /**
   * Decodes some of {@code in} into {@code out}.
   *
   * @return how many bytes were written from the start of {@code out}; 0 if all of {@code in} was
   *     consumed and more is needed
   */
  int decode(ByteBuf in, byte[] out) throws BadContentException;

  /** Says that there is no further input. */
  void end() throws BadContentException;

  /** Frees what the decoder holds; may be called more than once. */
  void close();
}
