package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import io.sonde.probe.Reason;

/**
 * Looks at header lines before Netty's decoder does, which takes time by the square of what comes
 * where a line comes in many pieces, or is folded many times (RFC 9112, section 5.2).
 */
final class FieldLines {
  /** How many lines may go on on the next one; that costs each time what there was before. */
  static final int MAX_FOLDS = 100;

  /** How many of the bytes that wait are known to hold no end of a line. */
  private int searched;

  private int folds;

  /**
   * Whether the end of a line has come; {@code in} begins where a line does.
   *
   * @throws HeaderLimitException if too many lines are folded
   */
  boolean follow(ByteBuf in) {
    int from = in.readerIndex() + searched;
    int end = in.indexOf(from, in.writerIndex(), HttpConstants.LF);
    if (end < 0) {
      searched = in.readableBytes();
      return false;
    }
    searched = 0;
    countFolds(in, end);
    return true;
  }

  private void countFolds(ByteBuf in, int firstEnd) {
    int start = in.readerIndex();
    int end = firstEnd;
    while (end >= 0 && end > start + emptyLength(in, start)) {
      byte first = in.getByte(start);
      if (first == HttpConstants.SP || first == HttpConstants.HT) {
        folds++;
      }
      start = end + 1;
      end = in.indexOf(start, in.writerIndex(), HttpConstants.LF);
    }
    if (folds > MAX_FOLDS) {
      throw new HeaderLimitException(
          Reason.PROTOCOL, "more than " + MAX_FOLDS + " header lines are folded");
    }
  }

  /** How long a line that ends the header lines would be here, without its line feed. */
  private static int emptyLength(ByteBuf in, int start) {
    return in.getByte(start) == HttpConstants.CR ? 1 : 0;
  }
}
