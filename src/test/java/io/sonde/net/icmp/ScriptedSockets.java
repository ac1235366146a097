package io.sonde.net.icmp;

import io.netty.channel.EventLoop;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.icmp.ScriptedSocket.Sent;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Opens sockets that follow a script, and remembers them and what they sent. */
public final class ScriptedSockets implements SocketOpener {
  /** Where requests of {@link #carriedBy} are brought. */
  public interface Carrier {
    /**
     * Brings a request somewhere.
     *
     * @param reply takes what comes back; called on any thread
     */
    void carry(byte[] request, Consumer<byte[]> reply);
  }

  private final SocketKind kind;
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<ScriptedSocket> opened = new CopyOnWriteArrayList<>();
  private volatile ToIntFunction<Sent> script;
  private volatile boolean refuses;

  ScriptedSockets(SocketKind kind, ToIntFunction<Sent> script) {
    this.kind = kind;
    this.script = script;
  }

  /** Sockets whose targets answer. */
  static ScriptedSockets answering(SocketKind kind) {
    return new ScriptedSockets(
        kind,
        request -> {
          request.isAnswered();
          return 0;
        });
  }

  /** Sockets whose requests somebody else carries. */
  public static Pinger carriedBy(BlockingWork work, Carrier carrier) {
    ScriptedSockets sockets =
        new ScriptedSockets(
            SocketKind.DATAGRAM,
            request -> {
              carrier.carry(
                  request.packet(),
                  reply ->
                      request.by().loop().execute(() -> request.by().arrives(request.to(), reply)));
              return 0;
            });
    return sockets.pinger(work);
  }

  Pinger pinger(BlockingWork work) {
    return pinger(work, new Sequence());
  }

  Pinger pinger(BlockingWork work, Sequence sequence) {
    return new Pinger(this, work, sequence);
  }

  /** From now on another script is followed. */
  void follow(ToIntFunction<Sent> other) {
    script = other;
  }

  /** Whether sockets are refused from now on. */
  void refuse(boolean refused) {
    refuses = refused;
  }

  List<Sent> sent() {
    return sent;
  }

  List<ScriptedSocket> opened() {
    return opened;
  }

  @Override
  public IcmpSocket open(EventLoop loop, SocketKey key, int tag) {
    if (refuses) {
      throw new ProbeFailure(Phase.SETUP, Reason.CONFIG, "refused");
    }
    ScriptedSocket socket =
        new ScriptedSocket(
            kind,
            packet -> {
              sent.add(packet);
              return script.applyAsInt(packet);
            });
    opened.add(socket);
    return socket;
  }
}
