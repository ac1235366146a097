package io.sonde.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.sonde.testkit.TestIdentity;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS as simple as can be; or none at all, and HTTP/2 nevertheless. */
final class TestEncryption implements Encryption {
  /** For scripts of frames. */
  static final TestEncryption CLEAR_HTTP_2 = new TestEncryption(null);

  private final @Nullable SslContext context;

  private TestEncryption(@Nullable SslContext context) {
    this.context = context;
  }

  static TestEncryption of(TestIdentity identity) throws SSLException {
    return new TestEncryption(
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1))
            .build());
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public boolean http2() {
    return true;
  }

  @Override
  public void begin(Channel channel, Runnable http1, Runnable http2) {
    if (context == null) {
      http2.run();
      return;
    }
    channel.pipeline().addLast(context.newHandler(channel.alloc()));
    channel
        .pipeline()
        .addLast(
            new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
              @Override
              protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                (protocol.equals(ApplicationProtocolNames.HTTP_2) ? http2 : http1).run();
              }
            });
  }
}
