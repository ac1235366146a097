package io.sonde.probe.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.sonde.config.QueryResponse;
import io.sonde.config.TlsSpec;
import io.sonde.net.file.SearchWork;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.Metric;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a service once there is a way to it: TLS from the start where the module says
 * so, then the dialogue. The same for TCP and for unix sockets.
 */
final class Service {
  private final String kind;
  private final Dialogue dialogue;
  private final boolean tls;
  private final @Nullable Encryption encryption;
  private final SearchWork searches;

  /**
   * Compiles what the module asks for.
   *
   * @param kind of connection, in the words of the trail
   * @param tls whether the connection is TLS from the start
   */
  Service(
      String kind,
      List<QueryResponse> queryResponse,
      boolean tls,
      TlsSpec tlsConfig,
      TlsMaterials materials,
      SearchWork searches) {
    this.kind = kind;
    this.dialogue = Dialogue.of(queryResponse);
    this.tls = tls;
    this.encryption =
        tls || dialogue.startsTls() ? new Encryption(materials.of(tlsConfig, List.of())) : null;
    this.searches = searches;
  }

  /**
   * The names that a peer is known by in a handshake, unless the module says another.
   *
   * @param atStart for TLS from the start
   * @param inDialogue for TLS that begins within a dialogue; empty if there is none
   */
  record Names(String atStart, String inDialogue) {}

  /** Why no probe can succeed; null if there is no such reason. */
  @Nullable String problem() {
    return dialogue.problem();
  }

  /**
   * Probes the service.
   *
   * @param dial connects, with a handler at the end of the pipeline; maybe more than once
   */
  CompletionStage<Verdict> probe(
      ProbeRun run, Names names, Function<ChannelHandler, CompletionStage<Channel>> dial) {
    return dialogue.startsTls()
        ? TlsClient.insisting(() -> attempt(run, names, dial))
        : attempt(run, names, dial);
  }

  private CompletionStage<Verdict> attempt(
      ProbeRun run, Names names, Function<ChannelHandler, CompletionStage<Channel>> dial) {
    return open(run, names, dial)
        .thenCompose(channel -> connected(run, names, channel))
        .thenApply(done -> Verdict.PASSED);
  }

  private CompletionStage<Channel> open(
      ProbeRun run, Names names, Function<ChannelHandler, CompletionStage<Channel>> dial) {
    if (!tls) {
      run.trail().debug("Dialing " + kind + " without TLS");
      return dialed(run, dial.apply(listener(run)));
    }
    Encryption ours = Objects.requireNonNull(encryption);
    return ours.ready(run).thenCompose(context -> openWithTls(run, names, dial, ours, context));
  }

  private CompletionStage<Channel> openWithTls(
      ProbeRun run,
      Names names,
      Function<ChannelHandler, CompletionStage<Channel>> dial,
      Encryption ours,
      TlsContext context) {
    run.trail().debug("Dialing " + kind + " with TLS");
    return dialed(
        run,
        TlsClient.insisting(
            () ->
                dial.apply(listener(run))
                    .thenCompose(
                        channel -> ours.handshake(run, channel, context, names.atStart()))));
  }

  private ChannelHandler listener(ProbeRun run) {
    return dialogue.isEmpty() ? NobodyListens.INSTANCE : new InboundHandler(run);
  }

  /** What is there as soon as the connection stands, whatever comes after; then the dialogue. */
  private CompletionStage<Void> connected(ProbeRun run, Names names, Channel channel) {
    run.samples().set(Metric.PROBE_FAILED_DUE_TO_REGEX, 0);
    run.samples().set(Metric.PROBE_FAILED_DUE_TO_BYTES, 0);
    InboundHandler inbound = channel.pipeline().get(InboundHandler.class);
    return inbound == null
        ? CompletableFuture.completedFuture(null)
        : new Conversation(run, dialogue, inbound, searches, encryption, names.inDialogue())
            .begin(tls);
  }

  private CompletionStage<Channel> dialed(ProbeRun run, CompletionStage<Channel> dial) {
    return dial.whenComplete(
        (channel, error) -> {
          if (error == null) {
            run.trail().debug("Successfully dialed");
          } else {
            run.trail().error("Error dialing " + kind, "err", Encryption.message(error));
          }
        });
  }
}
