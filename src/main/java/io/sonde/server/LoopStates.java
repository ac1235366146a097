package io.sonde.server;

import io.netty.channel.EventLoop;
import io.sonde.probe.Loops;
import io.sonde.telemetry.RequestStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What the server keeps for each event loop. */
final class LoopStates {
  private final Loops loops;
  private final Map<EventLoop, LoopState> states = new HashMap<>();

  LoopStates(Loops loops, RequestStats requests) {
    this.loops = loops;
    loops.all().forEach(loop -> states.put(loop, new LoopState(requests)));
  }

  /** The state of one of the loops. */
  LoopState of(EventLoop loop) {
    return Objects.requireNonNull(states.get(loop));
  }

  /** The next loop in turn. */
  EventLoop next() {
    return loops.next();
  }

  /** Makes room for one more connection of a loop; what another loop closes comes late. */
  boolean closeIdle(EventLoop first) {
    if (of(first).closeIdle()) {
      return true;
    }
    states.forEach(
        (loop, state) -> {
          if (loop != first) {
            loop.execute(state::closeIdle);
          }
        });
    return false;
  }

  /** Does something with every connection, and returns when that is done. */
  void withConnections(Consumer<ClientConnection> action) {
    states.forEach(
        (loop, state) ->
            loop.submit(() -> List.copyOf(state.connections()).forEach(action))
                .awaitUninterruptibly());
  }

  /** Whether any client is connected. */
  boolean haveConnections() {
    AtomicBoolean connected = new AtomicBoolean();
    withConnections(connection -> connected.set(true));
    return connected.get();
  }

  /** Lets go of what the loops hold, on them. */
  void close() {
    states.forEach((loop, state) -> loop.execute(state::close));
  }
}
