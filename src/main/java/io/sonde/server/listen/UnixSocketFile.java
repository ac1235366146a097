package io.sonde.server.listen;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The file of a unix domain socket, which outlives whoever listened on it. Blocks. */
final class UnixSocketFile {
  private static final int FILE_TYPE = 0xf000;
  private static final int SOCKET = 0xc000;

  private final Path path;
  private final @Nullable Object key;

  private UnixSocketFile(Path path, @Nullable Object key) {
    this.path = path;
    this.key = key;
  }

  /** The file that binding has made just now. */
  static UnixSocketFile made(Path path) {
    return new UnixSocketFile(path, key(path));
  }

  /**
   * Makes way for a new socket: removes one that nobody listens on any more. To be called before
   * binding, which Netty would make room for whatever is there.
   *
   * @throws IOException if something else is there; the message says what
   */
  static void makeWay(Path path) throws IOException {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new IOException("bind: the file exists and is no socket");
    }
    if (isListenedOn(path)) {
      throw new IOException("bind: address already in use");
    }
    Files.deleteIfExists(path);
  }

  /** Removes it, unless another has taken its place. */
  void remove() {
    try {
      if (key != null && key.equals(key(path))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException ignored) {
      // The next start finds nobody listening on it.
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & FILE_TYPE) == SOCKET;
  }

  /** Refused means that nobody does; of anything else we cannot be sure. */
  private static boolean isListenedOn(Path path) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (IOException e) {
      return !String.valueOf(e.getMessage()).contains("refused");
    }
  }

  private static @Nullable Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException ignored) {
      return null;
    }
  }
}
