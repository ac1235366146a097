package io.sonde.server.listen;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A unix domain socket in the file system.
 *
 * @param text as written
 * @param path absolute
 */
public record UnixAddress(String text, Path path) implements ListenAddress {
  static UnixAddress parse(String text) {
    String rest = text.substring(UNIX.length());
    String path = rest.startsWith("//") ? rest.substring(2) : rest;
    if (!path.startsWith("/") || path.endsWith("/")) {
      throw problem(text, "expected unix:///path/of/the/socket");
    }
    try {
      return new UnixAddress(text, Path.of(path));
    } catch (InvalidPathException e) {
      throw problem(text, e.getReason());
    }
  }

  @Override
  public String network() {
    return "unix";
  }

  private static IllegalArgumentException problem(String text, String what) {
    return new IllegalArgumentException("listen unix: address " + text + ": " + what);
  }
}
