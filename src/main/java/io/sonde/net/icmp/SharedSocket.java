package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.sonde.net.connect.ArrivalNote;
import io.sonde.net.connect.Errno;
import io.sonde.probe.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pings of one loop that go over one socket, told apart by sequence number, identifier and
 * payload. Opens the socket when there is something to send, and another when it breaks. Confined
 * to its loop.
 */
final class SharedSocket implements IcmpReceiver {
  private static final Logger logger = LoggerFactory.getLogger(SharedSocket.class);

  /** So many pings may be under way; sequence numbers, of 16 bits, stay free to choose from. */
  static final int MAX_PINGS = 1 << 15;

  /** So many requests are sent before it is seen whether there are replies. */
  private static final int SENDS_IN_A_ROW = 32;

  /** So many packets are received before others on the loop have their turn. */
  private static final int RECEIVES_IN_A_ROW = 256;

  /** A socket that tells that many errors in a row, and nothing else, is broken. */
  private static final int MAX_ERRORS_IN_A_ROW = 64;

  /** Begins to open a socket. */
  interface Opening {
    /** Ends in {@link SharedSocket#opened} or {@link SharedSocket#notOpened}, on the loop. */
    void begin(SharedSocket user, int tag);
  }

  private final EventLoop loop;
  private final SocketKey key;
  private final Sequence sequence;
  private final Opening opening;
  private final IntObjectMap<Ping> pending = new IntObjectHashMap<>();
  private final Deque<Ping> waiting = new ArrayDeque<>();
  private final ByteBuf packet = Unpooled.buffer();
  private final int tag = ThreadLocalRandom.current().nextInt(1 << Byte.SIZE);
  private @Nullable IcmpSocket socket;
  private boolean isOpening;
  private boolean awaitsRoom;
  private boolean receiving;
  private int unseenSends;
  private int errorsInARow;

  SharedSocket(EventLoop loop, SocketKey key, Sequence sequence, Opening opening) {
    this.loop = loop;
    this.key = key;
    this.sequence = sequence;
    this.opening = opening;
  }

  /** Whether nobody needs it now. */
  boolean isIdle() {
    return pending.isEmpty() && waiting.isEmpty() && !isOpening;
  }

  /** Sends a ping as soon as that is possible. */
  void ping(Ping ping) {
    if (pending.size() + waiting.size() >= MAX_PINGS) {
      ping.failed(
          Reason.DESCRIPTORS, MAX_PINGS + " pings wait for " + key.family() + " replies already");
      return;
    }
    waiting.add(ping);
    if (!awaitsRoom) {
      sendWaiting();
    }
  }

  /** Nobody waits for the reply any more. */
  void forget(Ping ping) {
    if (pending.get(ping.sequence()) == ping) {
      pending.remove(ping.sequence());
    }
  }

  /** The socket that was asked for is there. */
  void opened(IcmpSocket fresh) {
    isOpening = false;
    try {
      fresh.register(loop, this::onReady);
    } catch (RuntimeException e) {
      fresh.close();
      notOpened(e);
      return;
    }
    socket = fresh;
    errorsInARow = 0;
    sendWaiting();
  }

  /** There is no socket to be had. */
  void notOpened(Throwable why) {
    isOpening = false;
    List<Ping> unlucky = new ArrayList<>(waiting);
    waiting.clear();
    unlucky.stream().filter(ping -> !ping.isOver()).forEach(ping -> ping.failed(why));
  }

  /** Closes the socket; the next ping opens another. */
  void close() {
    IcmpSocket open = socket;
    socket = null;
    awaitsRoom = false;
    if (open != null) {
      open.close();
    }
  }

  private void onReady() {
    if (awaitsRoom) {
      sendWaiting();
    }
    receive(true);
  }

  private void sendWaiting() {
    for (Ping ping = waiting.poll(); ping != null; ping = waiting.poll()) {
      IcmpSocket open = socket;
      if (open == null) {
        waiting.addFirst(ping);
        if (!isOpening) {
          isOpening = true;
          opening.begin(this, tag);
        }
        return;
      }
      if (!ping.isOver() && !send(open, ping)) {
        waiting.addFirst(ping);
        awaitRoom(true);
        return;
      }
    }
    awaitRoom(false);
  }

  private void awaitRoom(boolean wanted) {
    if (awaitsRoom != wanted && socket != null) {
      awaitsRoom = wanted;
      socket.awaitRoom(wanted);
    }
  }

  /** Whether the ping is dealt with; if not, there is no room for it. */
  private boolean send(IcmpSocket open, Ping ping) {
    number(ping);
    long nowNanos = loop.ticker().nanoTime();
    int error = write(open, ping);
    if (open.kind() == SocketKind.DATAGRAM && SendErrors.isOfDestination(error)) {
      // What became of another ping is told to whoever calls next. Read, it is out of the way.
      receive(false);
      if (socket != open) {
        waiting.addFirst(ping);
        return true;
      }
      nowNanos = loop.ticker().nanoTime();
      error = write(open, ping);
    }
    if (error == Errno.EAGAIN || error == Errno.EINTR) {
      return false;
    }
    if (error == 0) {
      pending.put(ping.sequence(), ping);
      ping.sent(nowNanos);
      if (++unseenSends >= SENDS_IN_A_ROW) {
        // Those to this machine are answered at once, and would soon fill the socket's buffer.
        receive(false);
      }
    } else if (SendErrors.isOfDestination(error) || ping.wasTried()) {
      ping.unsent(nowNanos, SendErrors.failure(error, ping.order()));
    } else {
      breakDown(error);
      waiting.addFirst(ping);
    }
    return true;
  }

  private int write(IcmpSocket open, Ping ping) {
    EchoOrder order = ping.order();
    EchoPacket.write(packet.clear(), key.ip6(), ping.id(), ping.sequence(), order.payload());
    return open.send(order.target(), order.ttl(), packet);
  }

  private void number(Ping ping) {
    int free = sequence.next();
    while (pending.containsKey(free)) {
      free = sequence.next();
    }
    ping.number(ThreadLocalRandom.current().nextInt(1 << Byte.SIZE) << Byte.SIZE | tag, free);
  }

  /**
   * Receives what is there.
   *
   * @param announced whether the system said that there is something
   */
  private void receive(boolean announced) {
    if (receiving) {
      return;
    }
    receiving = true;
    unseenSends = 0;
    try {
      for (int i = 0; i < RECEIVES_IN_A_ROW && socket != null; i++) {
        int error = socket.receive(this);
        if (error == IcmpSocket.RECEIVED) {
          errorsInARow = 0;
          continue;
        }
        boolean nothing = error == Errno.EAGAIN;
        if ((!nothing || (announced && i == 0 && !awaitsRoom))
            && ++errorsInARow > MAX_ERRORS_IN_A_ROW) {
          breakDown(error);
        }
        if (nothing) {
          return;
        }
      }
    } finally {
      receiving = false;
    }
  }

  /** The socket is of no use any more, and neither can be what was sent by it. */
  private void breakDown(int error) {
    logger
        .atWarn()
        .addKeyValue("family", key.family())
        .addKeyValue("error", error)
        .log("An ICMP socket broke and is replaced");
    close();
    List<Ping> unlucky = new ArrayList<>(pending.values());
    pending.clear();
    unlucky.forEach(
        ping -> ping.failed(Reason.CLOSED, "the ICMP socket broke (error " + error + ")"));
  }

  @Override
  public void onPacket(ByteBuf received, byte[] from, int hopLimit, long wallNanos) {
    SocketKind kind = kind();
    IcmpNews news = IcmpReader.read(received, key.ip6(), kind);
    Ping ping = news == null ? null : pending.get(news.sequence());
    if (ping == null || news == null || (kind == SocketKind.RAW && news.id() != ping.id())) {
      return;
    }
    if (news instanceof IcmpNews.Lost lost) {
      onLost(ping, lost, from);
    } else if (news instanceof IcmpNews.Answered answered
        && ping.isTo(from)
        && ping.hasPayload(answered.payload())) {
      pending.remove(ping.sequence());
      long arrivedNanos = wallNanos == 0 ? 0 : ArrivalNote.onTicker(wallNanos, loop.ticker());
      ping.answered(arrivedNanos, new EchoReply(hopLimit));
    }
  }

  @Override
  public void onError(ByteBuf quoted, byte[] destination, Grief grief, byte[] from) {
    if (IcmpReader.readQueued(quoted, key.ip6(), destination, grief)
        instanceof IcmpNews.Lost lost) {
      Ping ping = pending.get(lost.sequence());
      if (ping != null) {
        onLost(ping, lost, from);
      }
    }
  }

  private void onLost(Ping ping, IcmpNews.Lost lost, byte[] from) {
    if (ping.isTo(lost.destination())) {
      pending.remove(ping.sequence());
      ping.failed(Reason.UNREACHABLE, SendErrors.says(from) + lost.grief().words());
    }
  }

  private SocketKind kind() {
    return socket == null ? SocketKind.RAW : socket.kind();
  }
}
