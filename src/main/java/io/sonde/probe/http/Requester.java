package io.sonde.probe.http;

import io.netty.handler.codec.http.HttpResponse;
import io.sonde.net.http.ClientRequest;
import io.sonde.net.http.HttpConnection;
import io.sonde.net.http.TraceLines;
import io.sonde.probe.Fact;
import io.sonde.probe.ProbeRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends the requests of one probe, one hop after the other, until a response is the final one. */
final class Requester {
  /** A final response whose body has not been read yet. */
  record Answer(Hop hop, HttpConnection connection, HttpResponse response) {}

  private final ProbeRun run;
  private final RequestPlan plan;
  private final RequestInputs inputs;
  private final Connector connector;
  private final Redirects redirects;
  private final CookieJar jar;
  private final HttpMetrics metrics;

  Requester(
      ProbeRun run,
      RequestPlan plan,
      RequestInputs inputs,
      Connector connector,
      Redirects redirects,
      CookieJar jar,
      HttpMetrics metrics) {
    this.run = run;
    this.plan = plan;
    this.inputs = inputs;
    this.connector = connector;
    this.redirects = redirects;
    this.jar = jar;
    this.metrics = metrics;
  }

  /** Goes one hop, and on from there. Completes while the head of the final response is handled. */
  CompletionStage<Answer> go(Hop hop) {
    String url = hop.shownUrl();
    run.learn(new Fact.Request(hop.number(), hop.method(), hop.namedUrl()));
    run.trail().debug("Making HTTP request", "url", url, "host", hop.host());
    metrics.hopBegins();
    return connector
        .connect(hop)
        .thenCompose(
            connection ->
                connection
                    .exchange(request(hop))
                    .thenCompose(response -> goOn(hop, connection, response)));
  }

  private CompletionStage<Answer> goOn(Hop hop, HttpConnection connection, HttpResponse response) {
    run.learn(
        new Fact.Response(
            hop.number(),
            response.protocolVersion().text(),
            response.status().code(),
            response.status().reasonPhrase()));
    Hop next = redirects.next(hop, response);
    if (next == null) {
      return CompletableFuture.completedFuture(new Answer(hop, connection, response));
    }
    connection.close();
    run.timeline().complete(run.nanoTime());
    return go(next);
  }

  private ClientRequest request(Hop hop) {
    return new ClientRequest(
        hop.method(),
        hop.url().requestTarget(),
        hop.host(),
        plan.lines(hop, inputs, jar)
            .with(TraceLines.of(run.request(), hop.number(), hop.trusted())),
        plan.body(hop, inputs),
        plan.expectsContinue());
  }
}
