package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.sonde.net.connect.Errno;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** An ICMP socket behind which there is a script instead of a network; confined to its loop. */
final class ScriptedSocket implements IcmpSocket {
  /** A packet that was sent. */
  record Sent(
      ScriptedSocket by,
      InetAddress to,
      int ttl,
      @SuppressWarnings("ArrayRecordComponent") byte[] packet) {
    int sequence() {
      return Unpooled.wrappedBuffer(packet).getUnsignedShort(EchoPacket.SEQUENCE);
    }

    /** Its reply, from where it went. */
    void isAnswered() {
      by.arrives(to, Packets.replyTo(packet));
    }
  }

  static final int HOP_LIMIT = 61;

  private final SocketKind kind;
  private final ToIntFunction<Sent> script;
  private final Deque<ToIntFunction<IcmpReceiver>> inbox = new ArrayDeque<>();
  private @Nullable EventLoop loop;
  private @Nullable Runnable onReady;
  private volatile boolean awaitsRoom;
  private volatile boolean closed;

  /** {@code script} deals with what is sent and gives the number of an error, or 0. */
  ScriptedSocket(SocketKind kind, ToIntFunction<Sent> script) {
    this.kind = kind;
    this.script = script;
  }

  EventLoop loop() {
    return Objects.requireNonNull(loop);
  }

  boolean isClosed() {
    return closed;
  }

  boolean awaitsRoom() {
    return awaitsRoom;
  }

  /** A packet comes; the header of IP is put before it where sockets have it. */
  void arrives(InetAddress from, byte[] icmp) {
    boolean ip4 = from.getAddress().length == 4;
    byte[] packet = ip4 && kind == SocketKind.RAW ? Packets.ip4(from, 0, icmp) : icmp;
    tells(to -> to.onPacket(Unpooled.wrappedBuffer(packet), from.getAddress(), HOP_LIMIT, 0));
  }

  /** An error about what was sent comes by the queue. */
  void reports(Sent sent, Grief grief, InetAddress from) {
    ByteBuf quoted = Unpooled.wrappedBuffer(sent.packet());
    tells(to -> to.onError(quoted, sent.to().getAddress(), grief, from.getAddress()));
  }

  /** The next attempt to receive something fails so. */
  void fails(int error) {
    inbox.add(ignored -> error);
    wakeUp();
  }

  /** There is something to receive, or room to send, or so it seems. */
  void wakeUp() {
    if (loop != null && onReady != null) {
      loop.execute(onReady);
    }
  }

  private void tells(Consumer<IcmpReceiver> news) {
    inbox.add(
        receiver -> {
          news.accept(receiver);
          return RECEIVED;
        });
    wakeUp();
  }

  @Override
  public SocketKind kind() {
    return kind;
  }

  @Override
  public void register(EventLoop watcher, Runnable ready) {
    loop = watcher;
    onReady = ready;
  }

  @Override
  public int send(InetAddress to, int ttl, ByteBuf packet) {
    return script.applyAsInt(new Sent(this, to, ttl, ByteBufUtil.getBytes(packet)));
  }

  @Override
  public void awaitRoom(boolean wanted) {
    awaitsRoom = wanted;
  }

  @Override
  public int receive(IcmpReceiver receiver) {
    ToIntFunction<IcmpReceiver> next = inbox.poll();
    return next == null ? Errno.EAGAIN : next.applyAsInt(receiver);
  }

  @Override
  public void close() {
    closed = true;
    onReady = null;
  }
}
