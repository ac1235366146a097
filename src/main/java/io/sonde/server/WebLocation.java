package io.sonde.server;

import io.sonde.server.listen.ListenAddress;
import io.sonde.server.listen.TcpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where browsers find the daemon and which paths it answers.
 *
 * @param externalUrl the URL seen from outside, without a slash at its end
 * @param routePrefix begins and ends with a slash
 */
public record WebLocation(String externalUrl, String routePrefix) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /**
   * Works the location out.
   *
   * @param externalUrl as given by the user; empty derives it from host name and port
   * @param routePrefix as given by the user; empty takes the path of the external URL
   * @param addresses where the daemon listens; the first one with a port is derived from
   * @param scheme of what is derived: {@code http} or {@code https}
   * @throws IllegalArgumentException if the URL is none, or cannot be derived; the message says why
   */
  public static WebLocation of(
      String externalUrl, String routePrefix, List<ListenAddress> addresses, String scheme) {
    URI url = parse(externalUrl.isEmpty() ? derived(addresses, scheme) : externalUrl);
    String path = trim(url.getRawPath() == null ? "" : url.getRawPath());
    String text = withPath(url, path);
    String prefix = trim(routePrefix.isEmpty() ? path : routePrefix);
    return new WebLocation(text, prefix.isEmpty() ? "/" : prefix + "/");
  }

  private static String derived(List<ListenAddress> addresses, String scheme) {
    for (ListenAddress address : addresses) {
      if (address instanceof TcpAddress tcp) {
        return scheme + "://" + hostName() + ":" + tcp.port() + "/";
      }
    }
    throw new IllegalArgumentException(
        "no listen address has a port to infer it from: please provide --web.external-url");
  }

  private static URI parse(String url) {
    char start = url.charAt(0);
    char end = url.charAt(url.length() - 1);
    if (start == '"' || start == '\'' || end == '"' || end == '\'') {
      throw new IllegalArgumentException("URL must not begin or end with quotes");
    }
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a URL: " + e.getMessage(), e);
    }
  }

  /** Without slashes at the ends, but with one in front unless nothing is left. */
  private static String trim(String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    return start == end ? "" : "/" + path.substring(start, end);
  }

  private static String withPath(URI url, String path) {
    String origin =
        url.getScheme() == null || url.getRawAuthority() == null
            ? ""
            : url.getScheme() + "://" + url.getRawAuthority();
    String whole = origin + path;
    return whole.isEmpty() ? "/" : whole;
  }

  /** From the kernel where possible: the resolver may take seconds over the same question. */
  private static String hostName() {
    try {
      String name = Files.readString(HOST_NAME).trim();
      if (!name.isEmpty()) {
        return name;
      }
    } catch (IOException ignored) {
      // Not Linux.
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException ignored) {
      return "localhost";
    }
  }
}
