package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sonde.config.ModuleConfig;
import io.sonde.net.connect.Unconnected;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One request to a server that answers anything, in pieces of any size, and leaves. */
final class Conversation {
  private static final int PIECE_MASK = 0x3f;

  private final List<ProbeResult> results = new ArrayList<>();

  private Conversation() {}

  /**
   * Has a connection of {@code make} told {@code answer}, and demands that the probe comes to one
   * end, which is no bug of ours.
   */
  static <C extends HttpConnection & ChannelHandler> void with(
      Function<ProbeRun, C> make, byte[] answer) {
    new Conversation().run(make, answer);
  }

  private <C extends HttpConnection & ChannelHandler> void run(
      Function<ProbeRun, C> make, byte[] answer) {
    EmbeddedChannel channel = Unconnected.channel();
    ProbeRequest request =
        new ProbeRequest(ModuleConfig.empty("fuzz"), "target", null, Duration.ofSeconds(60));
    boolean head = answer.length > 0 && (answer[0] & 0x80) != 0;
    ProbeRun.start(
        1,
        request,
        run -> probe(channel, make.apply(run), head),
        channel.eventLoop(),
        results::add);
    tell(channel, answer);
    channel.finishAndReleaseAll();
    channel.runPendingTasks();
    if (results.size() != 1) {
      throw new AssertionError("expected one result, got " + results);
    }
    Failure failure = results.get(0).verdict().failure();
    if (failure != null && failure.reason() == Reason.INTERNAL) {
      throw new AssertionError("a bug of ours: " + failure);
    }
  }

  private static <C extends HttpConnection & ChannelHandler> CompletionStage<Verdict> probe(
      EmbeddedChannel channel, C connection, boolean head) {
    channel.pipeline().addLast(connection);
    ClientRequest request =
        new ClientRequest(
            head ? "HEAD" : "GET",
            "/",
            "host.example",
            new HeaderLines(List.of()),
            RequestBody.NONE,
            false);
    Counting body = new Counting();
    return connection
        .exchange(request)
        .thenCompose(
            response -> {
              connection.readBody(body);
              return body.done;
            })
        .thenApply(count -> Verdict.PASSED);
  }

  /** The first byte says how large the pieces are. */
  private static void tell(EmbeddedChannel channel, byte[] answer) {
    int piece = answer.length == 0 ? 1 : 1 + (answer[0] & PIECE_MASK);
    for (int at = 1; at < answer.length && channel.isOpen(); at += piece) {
      int length = Math.min(piece, answer.length - at);
      ByteBuf bytes = Unpooled.copiedBuffer(answer, at, length);
      channel.writeInbound(bytes);
      channel.releaseOutbound();
      channel.releaseInbound();
    }
  }

  private static final class Counting implements BodySink {
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long count;

    @Override
    public void content(ByteBuf piece) {
      if (done.isDone()) {
        throw new AssertionError("content after the end");
      }
      count += piece.readableBytes();
    }

    @Override
    public void end() {
      if (!done.complete(count)) {
        throw new AssertionError("a second end");
      }
    }

    @Override
    public void failed(Throwable failure) {
      if (!done.completeExceptionally(failure)) {
        throw new AssertionError("a failure after the end");
      }
    }
  }
}
