package io.sonde.operate;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What openssl can agree upon with Sonde, and with the reference, under the same settings. */
final class HandshakeChecks {
  /** Settings below {@code tls_server_config}, by what they are about. */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "defaults", "",
              "only-1.3", "  min_version: TLS13\n",
              "from-1.0", "  min_version: TLS10\n",
              "up-to-1.2", "  max_version: TLS12\n",
              "one-suite",
                  "  max_version: TLS12\n"
                      + "  cipher_suites: [TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256]\n"
                      + "http_server_config: {http2: false}\n",
              "curves", "  curve_preferences: [CurveP384, CurveP521]\n"));

  private static final List<String> OFFERS =
      List.of(
          "-tls1_3",
          "-tls1_2",
          "-tls1_1 -cipher ALL:@SECLEVEL=0",
          "-tls1 -cipher ALL:@SECLEVEL=0",
          "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256",
          "-tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384",
          "-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305",
          "-tls1_2 -cipher AES128-SHA:@SECLEVEL=0",
          "-tls1_2 -cipher DHE-RSA-AES128-GCM-SHA256",
          "-tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384",
          "-tls1_3 -curves P-256",
          "-tls1_3 -curves P-384",
          "-tls1_3 -curves P-521",
          "-tls1_3 -curves X448",
          "-tls1_2 -curves X25519");

  private static final Pattern AGREED = Pattern.compile("(?m)^New, (TLSv[0-9.]+), Cipher is");

  private final Tally tally;
  private final Ground ground;

  HandshakeChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
  }

  void run() throws IOException, InterruptedException {
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      String config = ground.tls("server") + setting.getValue();
      Path file = ground.write("tls-" + setting.getKey() + ".yml", config);
      String flag = "--web.config.file=" + file;
      try (Exporter reference = ground.reference().start(ground.folder(), ground.modules(), flag);
          Exporter sonde = ground.sonde().start(ground.folder(), ground.modules(), flag)) {
        for (String offer : OFFERS) {
          tally.claim(
              "handshakes: "
                  + setting.getKey()
                  + ": "
                  + offer
                  + " comes to what the reference agrees to",
              () -> Tally.same(agreed(reference, offer), agreed(sonde, offer)));
        }
      }
    }
  }

  /**
   * The protocol agreed upon, or that there was no agreement. Where both sides know several ciphers
   * or groups, which one they take is for the libraries to say.
   */
  private String agreed(Exporter exporter, String offer) throws IOException, InterruptedException {
    String command = "openssl s_client -connect 127.0.0.1:" + exporter.port() + " " + offer;
    String output = Child.run(ground.folder(), "sh", "-c", command + " < /dev/null 2>&1 || true");
    Matcher agreed = AGREED.matcher(output);
    return agreed.find() ? agreed.group(1) : "nothing";
  }
}
