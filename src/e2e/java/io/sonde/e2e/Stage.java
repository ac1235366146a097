package io.sonde.e2e;

import io.sonde.rig.Caddy;
import io.sonde.rig.Nginx;
import io.sonde.rig.Ports;
import io.sonde.rig.Template;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that gets probed: nginx, scripted peers, ports that are mute, slam or refuse. A place
 * that the templates or the cases name as {@code @place@} is a port, unless it has another value.
 */
final class Stage implements Closeable {
  private static final List<String> TEMPLATES =
      List.of(
          "modules.yml",
          "nginx.conf",
          "nginx-http3.conf",
          "Caddyfile",
          "tinyproxy.conf",
          "exim.conf",
          "dovecot.conf",
          "bind/named.conf",
          "cases.txt");
  private static final Pattern PLACE = Pattern.compile("@([a-z][a-z0-9_]*)@");

  private final Map<String, String> values = new HashMap<>();
  private final Arrivals arrivals = new Arrivals();
  private final List<Closeable> opened = new ArrayList<>();
  private final Path folder;

  private Stage(Path folder, Path sources) throws IOException, InterruptedException {
    this.folder = folder;
    values.put("folder", folder.toString());
    values.put("certificates", folder.resolve("certificates").toString());
    Materials.make(folder, values);
    Path services = Files.createTempDirectory("sonde-services");
    values.put("services", services.toString());
    values.put("bind", folder.resolve("services/bind").toString());
    places(sources);
    Template.write(sources.resolve("modules.yml"), modules(), values);
    servers(sources);
    opened.add(
        RealProxies.start(sources.resolve("tinyproxy.conf"), folder.resolve("proxies"), values));
    opened.add(RealServices.start(sources, folder.resolve("services"), services, values));
    opened.add(Doorkeeper.mute(port("mute")));
    opened.add(Doorkeeper.slamming(port("slam")));
    peers();
  }

  private void servers(Path sources) throws IOException, InterruptedException {
    opened.add(
        Nginx.start(sources.resolve("nginx.conf"), folder.resolve("nginx"), values, port("http"))
            ::close);
    String newer = System.getProperty("nginx", "");
    if (!newer.isEmpty()) {
      opened.add(
          Nginx.start(
                  newer,
                  sources.resolve("nginx-http3.conf"),
                  folder.resolve("nginx3"),
                  values,
                  port("nginx3"))
              ::close);
    }
    opened.add(
        Caddy.start(sources.resolve("Caddyfile"), folder.resolve("caddy"), values, port("caddy"))
            ::close);
  }

  private void peers() throws IOException {
    peer("peer", new ServerSocket());
    peer("tls", tls("TLSv1.2", "TLSv1.3"));
    peer("tls_old", tls("TLSv1", "TLSv1.1"));
    peer("proxy", new ServerSocket());
    peer("proxy_tls", tls("TLSv1.2", "TLSv1.3"));
    http2("h2", port("h2_peer"), tls("TLSv1.2", "TLSv1.3"));
    http2("grpc_peer", port("grpc_peer"), new ServerSocket());
    http2("grpc_peer_tls", port("grpc_peer_tls"), tls("TLSv1.2", "TLSv1.3"));
    opened.add(DnsPeer.start("dns_peer", port("dns_peer"), arrivals));
    opened.add(SocksPeer.start(port("socks"), arrivals));
    opened.add(LinePeer.start("lines", port("lines"), arrivals));
  }

  private void http2(String place, int port, ServerSocket socket) throws IOException {
    Map<String, Http2Peer.Script> scripts = GrpcScripts.beside(Http2Scripts.all());
    opened.add(Http2Peer.start(place, port, socket, scripts, arrivals));
  }

  /** Builds the stage in {@code folder} from the templates in {@code sources}. */
  static Stage build(Path folder, Path sources) throws IOException, InterruptedException {
    TlsPeer.allowOldVersions();
    return new Stage(folder, sources);
  }

  private void places(Path sources) throws IOException {
    TreeSet<String> places = new TreeSet<>();
    for (String template : TEMPLATES) {
      Matcher place = PLACE.matcher(Files.readString(sources.resolve(template)));
      while (place.find()) {
        places.add(place.group(1));
      }
    }
    for (String place : places) {
      if (!values.containsKey(place)) {
        values.put(place, Integer.toString(Ports.free()));
      }
    }
  }

  private ServerSocket tls(String... versions) throws IOException {
    Path certificates = folder.resolve("certificates");
    return TlsPeer.socket(
        certificates.resolve("good.p12"), certificates.resolve("unrelated.pem"), versions);
  }

  private void peer(String place, ServerSocket socket) throws IOException {
    Map<String, Peer.Script> scripts = Scripts.all(port(place));
    scripts = JsonScripts.beside(ProxyScripts.beside(scripts));
    scripts = TokenScripts.beside(scripts, folder.resolve("certificates/client.pem"));
    opened.add(Peer.start(place, port(place), socket, scripts, arrivals));
  }

  /** The environment that both exporters run in. */
  Map<String, String> environment() {
    String proxy = "http://env:p%40ss@127.0.0.1:" + port("proxy");
    return Map.of(
        "HTTP_PROXY", proxy,
        "HTTPS_PROXY", "http://127.0.0.1:" + port("proxy"),
        "NO_PROXY", "direct.invalid,.below.invalid,10.0.0.0/8,0.0.0.0:" + port("peer"));
  }

  /** The configuration that both exporters load. */
  Path modules() {
    return folder.resolve("modules.yml");
  }

  Map<String, String> values() {
    return values;
  }

  Path folder() {
    return folder;
  }

  /** What the scripted peers were sent. */
  Arrivals arrivals() {
    return arrivals;
  }

  int port(String place) {
    return Integer.parseInt(values.get(place));
  }

  @Override
  public void close() throws IOException {
    Collections.reverse(opened);
    for (Closeable one : opened) {
      one.close();
    }
  }
}
