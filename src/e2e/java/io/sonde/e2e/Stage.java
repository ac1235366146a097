package io.sonde.e2e;

import io.sonde.rig.Certificates;
import io.sonde.rig.Child;
import io.sonde.rig.Nginx;
import io.sonde.rig.Ports;
import io.sonde.rig.Template;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that gets probed: nginx, the scripted peer, ports that are mute, slam or refuse. */
final class Stage implements Closeable {
  private static final List<String> PLACES =
      List.of(
          "http",
          "https",
          "https_tls12",
          "https_expired",
          "https_future",
          "https_self_signed",
          "https_wrong_name",
          "https_common_name",
          "https_chained",
          "https_incomplete",
          "https_client",
          "peer",
          "mute",
          "slam",
          "refused");
  private static final String SOUND_NAMES = "DNS:localhost,DNS:other.test,IP:127.0.0.1";

  private final Map<String, String> values = new HashMap<>();
  private final Path folder;
  private final Peer peer;
  private final List<Closeable> others;

  private Stage(Path folder, Path sources) throws IOException, InterruptedException {
    this.folder = folder;
    for (String place : PLACES) {
      values.put(place, Integer.toString(Ports.free()));
    }
    values.put("folder", folder.toString());
    values.put("certificates", folder.resolve("certificates").toString());
    certificates();
    files();
    Template.write(sources.resolve("modules.yml"), modules(), values);
    Path nginx = folder.resolve("nginx");
    Child server = Nginx.start(sources.resolve("nginx.conf"), nginx, values, port("http"));
    peer = Peer.start(port("peer"), Scripts.all(port("peer")));
    others =
        List.of(
            server::close, peer, Doorkeeper.mute(port("mute")), Doorkeeper.slamming(port("slam")));
  }

  /** Builds the stage in {@code folder} from the templates in {@code sources}. */
  static Stage build(Path folder, Path sources) throws IOException, InterruptedException {
    return new Stage(folder, sources);
  }

  private void certificates() throws IOException, InterruptedException {
    Certificates certificates = Certificates.create(folder.resolve("certificates"));
    certificates.leaf("good", SOUND_NAMES);
    certificates.leaf("client", "DNS:client.test");
    certificates.leaf("wrong-name", "DNS:nobody.test");
    certificates.expired("expired", SOUND_NAMES);
    certificates.future("future", SOUND_NAMES);
    certificates.commonNameOnly("common-name", "localhost");
    certificates.selfSigned("self-signed", SOUND_NAMES);
    certificates.underIntermediate("chained", SOUND_NAMES, true);
    certificates.underIntermediate("incomplete", SOUND_NAMES, false);
    StringBuilder indented = new StringBuilder();
    for (String line : Files.readAllLines(certificates.file("ca.pem"))) {
      indented.append("          ").append(line).append('\n');
    }
    values.put("ca_indented", indented.toString());
  }

  private void files() throws IOException {
    Files.writeString(folder.resolve("body.txt"), "a body from a file\n");
    Files.writeString(folder.resolve("empty.txt"), "");
    Files.writeString(folder.resolve("user.txt"), "alice\n");
    Files.writeString(folder.resolve("password.txt"), "  secret\n");
    Files.writeString(folder.resolve("token.txt"), "open-sesame\n");
    Path nginx = Files.createDirectories(folder.resolve("nginx"));
    Path pages = Files.createDirectories(nginx.resolve("files"));
    Files.writeString(nginx.resolve("users"), "alice:{PLAIN}secret\n");
    Files.writeString(pages.resolve("static.txt"), "a plain page\n");
    Files.writeString(pages.resolve("auth"), "welcome, alice\n");
    Files.writeString(pages.resolve("gzip.txt"), "squeeze me ".repeat(1_000));
    Files.write(pages.resolve("big.bin"), new byte[1 << 20]);
    FileTime past = FileTime.from(Instant.parse("2024-02-29T12:34:56Z"));
    Files.setLastModifiedTime(pages.resolve("static.txt"), past);
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

  Peer peer() {
    return peer;
  }

  int port(String place) {
    return Integer.parseInt(values.get(place));
  }

  @Override
  public void close() throws IOException {
    for (Closeable other : others) {
      other.close();
    }
  }
}
