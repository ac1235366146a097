package io.sonde.net.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.Future;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.policy.Gate;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.Transport;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to unix domain sockets for runs (unix(7)). As with a {@link Dialer}, a
 * connection belongs to its run from the moment it exists. A name that begins with {@code @} is one
 * of Linux's abstract sockets, which are no files.
 */
public final class UnixDialer {
  /** The kernel's buffer for a name has one byte more, for the zero that ends a path. */
  private static final int MAX_PATH_BYTES = 107;

  /** The JDK keeps one more byte to itself. */
  private static final int JDK_MAX_PATH_BYTES = 106;

  private final Transport transport;
  private final BlockingWork work;

  /**
   * A dialer for loops of {@code transport}.
   *
   * @param work where a path is looked at that cannot be connected to
   */
  public UnixDialer(Transport transport, BlockingWork work) {
    this.transport = transport;
    this.work = work;
  }

  /**
   * Connects to a socket. Must be called on {@code run.loop()}, where the stage completes: with a
   * connected channel, or with a {@link ProbeFailure} of phase {@link Phase#CONNECT} that tells the
   * path. The time goes to that phase. There is no socket if the target policy of the run objects.
   *
   * @param initializer added to the pipeline
   */
  public CompletionStage<Channel> connect(ProbeRun run, String path, ChannelHandler initializer) {
    assert run.loop().inEventLoop();
    run.timeline().enter(Phase.CONNECT, 0, run.nanoTime());
    CompletableFuture<Channel> connected = new CompletableFuture<>();
    try {
      ProbeFailure refusal = Gate.refusal(run, Remote.socket(path), Phase.CONNECT, 0);
      if (refusal != null) {
        throw refusal;
      }
      SocketAddress address = address(path);
      DuplexChannel channel = run.own(transport.newUnixSocket());
      channel.config().setConnectTimeoutMillis(0);
      ReadStamp.install(channel, ArrivalTimes.unknown(), run.nanoTime());
      channel.pipeline().addLast(initializer);
      run.loop()
          .register(channel)
          .addListener(registered -> onRegistered(channel, registered, address, connected));
    } catch (RuntimeException e) {
      connected.completeExceptionally(e);
    }
    return connected
        .exceptionallyCompose(error -> explained(run, path, error))
        .whenComplete((channel, error) -> note(run, error));
  }

  private static void onRegistered(
      Channel channel,
      Future<?> registered,
      SocketAddress address,
      CompletableFuture<Channel> connected) {
    if (!registered.isSuccess()) {
      channel.close();
      connected.completeExceptionally(registered.cause());
      return;
    }
    channel
        .connect(address)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                connected.complete(channel);
              } else {
                channel.close();
                connected.completeExceptionally(done.cause());
              }
            });
  }

  private static void note(ProbeRun run, @Nullable Throwable error) {
    if (run.settled()) {
      return;
    }
    if (error == null) {
      run.timeline().complete(run.nanoTime());
    } else {
      run.timeline().abandon(run.nanoTime());
    }
  }

  private SocketAddress address(String path) {
    boolean isAbstract = path.startsWith("@");
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    int most = transport == Transport.EPOLL ? MAX_PATH_BYTES : JDK_MAX_PATH_BYTES;
    if (bytes > (isAbstract ? most + 1 : most)) {
      throw config(path, "a path of " + bytes + " bytes, a socket's has " + most + " at most");
    }
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw config(path, "not a path");
    }
    if (transport == Transport.EPOLL) {
      return new DomainSocketAddress(isAbstract ? "\0" + path.substring(1) : path);
    }
    if (isAbstract) {
      throw config(path, "abstract sockets need Netty's native epoll, which is not loaded here");
    }
    try {
      return UnixDomainSocketAddress.of(path);
    } catch (InvalidPathException e) {
      throw config(path, "not a path here: " + e.getReason());
    }
  }

  private CompletionStage<Channel> explained(ProbeRun run, String path, Throwable cause) {
    if (cause instanceof ProbeFailure) {
      return CompletableFuture.failedFuture(cause);
    }
    int error = ConnectErrors.errorNumber(cause);
    if (error == Errno.ECONNREFUSED && !path.startsWith("@")) {
      return work.call(run, () -> isSocket(path))
          .thenCompose(
              socket ->
                  CompletableFuture.failedFuture(
                      socket
                          ? failure(Reason.REFUSED, path, "nobody listens on this socket")
                          : failure(Reason.CONFIG, path, "not a socket")));
    }
    return CompletableFuture.failedFuture(failure(error, path, cause));
  }

  /** The system refuses a connection to any file, so a look at it tells more. */
  private static boolean isSocket(String path) {
    try {
      Path file = Path.of(path);
      return !Files.isRegularFile(file) && !Files.isDirectory(file);
    } catch (InvalidPathException ignored) {
      return true;
    }
  }

  /** The failure that an error number of the system means. */
  static ProbeFailure failure(int error, String path, Throwable cause) {
    return switch (error) {
      case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ECONNREFUSED ->
          failure(Reason.REFUSED, path, "no such socket");
      case Errno.EAGAIN -> failure(Reason.REFUSED, path, "its queue of connections is full");
      case Errno.EACCES, Errno.EPERM ->
          new ProbeFailure(
              Phase.CONNECT,
              Reason.CONFIG,
              "permission denied connecting to unix socket " + path,
              cause);
      case Errno.EPROTOTYPE -> failure(Reason.CONFIG, path, "not a stream socket");
      case Errno.EMFILE ->
          failure(Reason.DESCRIPTORS, path, "this process has no file descriptor left");
      case Errno.ENFILE ->
          failure(Reason.DESCRIPTORS, path, "this machine has no file descriptor left");
      default ->
          new ProbeFailure(
              Phase.CONNECT, Reason.UNREACHABLE, path + ": " + ConnectErrors.words(cause), cause);
    };
  }

  private static ProbeFailure config(String path, String problem) {
    return failure(Reason.CONFIG, path, problem);
  }

  private static ProbeFailure failure(Reason reason, String path, String problem) {
    return new ProbeFailure(Phase.CONNECT, reason, path + ": " + problem);
  }
}
