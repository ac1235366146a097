package io.sonde.net.http;

import io.netty.handler.codec.http.HttpResponse;
import io.sonde.probe.ProbeFailure;
import java.util.concurrent.CompletionStage;

/**
 * One request and its response, on a connection that serves for nothing else, whatever the version
 * of HTTP. Writes the phases PROCESSING and TRANSFER into the run's timeline. Confined to the run's
 * loop; once the run has settled it tells nobody anything.
 */
public interface HttpConnection {
  /**
   * Sends the request. The stage completes with the head of the final response, or exceptionally
   * with a {@link ProbeFailure}: CLOSED if the peer ends the connection before, PROTOCOL if it does
   * not speak HTTP. Whoever waits for it must call {@link #readBody} or {@link #close} before it
   * returns.
   */
  CompletionStage<HttpResponse> exchange(ClientRequest request);

  /** Says where the body of the response goes. */
  void readBody(BodySink bodySink);

  /** When the response ended, on the loop's clock; 0 before. */
  long endedAtNanos();

  /** Stops reading from the peer until {@link #resume()}; a little may still be on its way here. */
  void pause();

  /** Reads on. */
  void resume();

  /** Ends the connection; nothing more is told about it. */
  void close();
}
