package io.sonde.e2e;

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
  private static final List<String> TEMPLATES = List.of("modules.yml", "nginx.conf", "cases.txt");
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
    places(sources);
    Template.write(sources.resolve("modules.yml"), modules(), values);
    opened.add(
        Nginx.start(sources.resolve("nginx.conf"), folder.resolve("nginx"), values, port("http"))
            ::close);
    opened.add(Doorkeeper.mute(port("mute")));
    opened.add(Doorkeeper.slamming(port("slam")));
    peer("peer", new ServerSocket());
    peer("tls", tls("TLSv1.2", "TLSv1.3"));
    peer("tls_old", tls("TLSv1", "TLSv1.1"));
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
    opened.add(Peer.start(place, port(place), socket, Scripts.all(port(place)), arrivals));
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
