package io.sonde.server;

import io.netty.buffer.ByteBuf;

/**
 * What Netty's decoder forgives in the head of a request and a server on the way to us may read
 * differently (RFC 9112, sections 3 and 5.2): other white space than single spaces in the request
 * line, and lines that begin with white space, be they folded or not.
 */
final class HeadSyntax {
  private static final int SPACES = 2;

  private HeadSyntax() {}

  /**
   * Whether the whole lines of a head that have arrived are unambiguous.
   *
   * @param in not read from
   * @param atRequestLine whether the request line is still to come
   */
  static boolean isUnambiguous(ByteBuf in, boolean atRequestLine) {
    boolean requestLine = atRequestLine;
    int end = in.writerIndex();
    for (int at = in.readerIndex(); at < end; ) {
      byte first = in.getByte(at);
      boolean blank = first == '\r' || first == '\n';
      int lineEnd = in.indexOf(at, end, (byte) '\n');
      if (lineEnd < 0 || (blank && !requestLine)) {
        return requestLine || !isSpace(first);
      }
      if (first == '\r' && lineEnd != at + 1) {
        return false;
      }
      if (!blank) {
        if (requestLine ? !isRequestLine(in, at, lineEnd) : isSpace(first)) {
          return false;
        }
        requestLine = false;
      }
      at = lineEnd + 1;
    }
    return true;
  }

  /** Three words with a space between each. */
  private static boolean isRequestLine(ByteBuf in, int start, int lineEnd) {
    int end = in.getByte(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
    int spaces = 0;
    byte before = ' ';
    for (int i = start; i < end; i++) {
      byte b = in.getByte(i);
      if (b == ' ') {
        if (before == ' ') {
          return false;
        }
        spaces++;
      } else if (b >= 0 && b < ' ') {
        return false;
      }
      before = b;
    }
    return spaces == SPACES && before != ' ';
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }
}
