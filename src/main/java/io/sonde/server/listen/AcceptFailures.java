package io.sonde.server.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sonde.net.connect.ConnectErrors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that connections could not be accepted, most likely for want of descriptors: one record a
 * minute at the most, as Netty tries again every second.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(AcceptFailures.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private long failures;
  private long saidAtNanos = System.nanoTime() - QUIET_NANOS;

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failures++;
    long now = System.nanoTime();
    if (now - saidAtNanos >= QUIET_NANOS) {
      logger
          .atError()
          .addKeyValue("address", ctx.channel().localAddress())
          .addKeyValue("failures", failures)
          .addKeyValue("err", ConnectErrors.words(cause))
          .log("Cannot accept connections, scrapes wait");
      failures = 0;
      saidAtNanos = now;
    }
  }
}
