package io.sonde.e2e;

import io.sonde.rig.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** The files of a run: certificates, keys in every form that PEM knows, pages, secrets. */
final class Materials {
  private static final String SOUND_NAMES = "DNS:localhost,DNS:other.test,IP:127.0.0.1";
  private static final String CLIENT_NAME = "DNS:client.test";
  private static final String CURVE = "ec_paramgen_curve:";

  private final Path folder;
  private final Certificates certificates;

  private Materials(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    certificates = Certificates.create(folder.resolve("certificates"));
  }

  /** Makes them all below {@code folder}; PEM text to be put into templates goes to values. */
  static void make(Path folder, Map<String, String> values)
      throws IOException, InterruptedException {
    Materials materials = new Materials(folder);
    materials.servers();
    materials.clients();
    materials.keyForms();
    materials.files();
    values.put("ca_indented", materials.indented("ca.pem"));
    values.put("client_indented", materials.indented("client.pem"));
    values.put("client_key_indented", materials.indented("client.key"));
  }

  private void servers() throws IOException, InterruptedException {
    certificates.leaf("good", SOUND_NAMES);
    certificates.leaf("wrong-name", "DNS:nobody.test");
    certificates.expired("expired", SOUND_NAMES);
    certificates.future("future", SOUND_NAMES);
    certificates.commonNameOnly("common-name", "localhost");
    certificates.selfSigned("self-signed", SOUND_NAMES);
    certificates.underIntermediate("chained", SOUND_NAMES, true);
    certificates.underIntermediate("incomplete", SOUND_NAMES, false);
    certificates.otherAuthority("unrelated");
    certificates.keyed("p256", SOUND_NAMES, "ec", "-pkeyopt", CURVE + "P-256");
    certificates.keyed("p521", SOUND_NAMES, "ec", "-pkeyopt", CURVE + "P-521");
    certificates.keyed("ed25519", SOUND_NAMES, "ed25519");
    certificates.leaf("wildcard", "DNS:*.test,DNS:*.deeper.test");
    certificates.named(
        "described",
        "/C=DE/ST=Ber lin/L=X, Y/O=Acme \\\"Q\\\"/OU=a/OU=b/CN=host.example/emailAddress=a@b.c/DC=foo",
        SOUND_NAMES + ",email:a@b.c,URI:https://localhost/");
    certificates.openssl(
        "pkcs12 -export -in good.pem -inkey good.key -passout pass:loopback -out good.p12");
  }

  private void clients() throws IOException, InterruptedException {
    certificates.leaf("client", CLIENT_NAME);
    certificates.keyed("client-p256", CLIENT_NAME, "ec", "-pkeyopt", CURVE + "P-256");
    certificates.keyed("client-p384", CLIENT_NAME, "ec", "-pkeyopt", CURVE + "P-384");
    certificates.keyed("client-p521", CLIENT_NAME, "ec", "-pkeyopt", CURVE + "P-521");
    certificates.keyed("client-ed25519", CLIENT_NAME, "ed25519");
    certificates.underIntermediate("client-chained", CLIENT_NAME, true);
    certificates.expired("client-expired", CLIENT_NAME);
    certificates.selfSigned("client-self-signed", CLIENT_NAME);
  }

  /** Everything above has its key as PKCS#8; here are the other forms, and what is no key. */
  private void keyForms() throws IOException, InterruptedException {
    certificates.openssl("rsa -traditional -in client.key -out client-pkcs1.key");
    certificates.openssl("ec -in client-p256.key -out client-sec1.key");
    certificates.openssl("ecparam -name prime256v1 -out parameters.pem");
    certificates.openssl(
        "rsa -traditional -aes128 -passout pass:x -in client.key -out client-encrypted.key");
    certificates.openssl(
        "pkcs8 -topk8 -passout pass:x -in client.key -out client-encrypted-pkcs8.key");
    certificates.openssl("rsa -in client.key -pubout -out client-public.key");
    certificates.openssl("x509 -in client.pem -text -out client-text.pem");
    join("client-parameters.key", "parameters.pem", "client-sec1.key");
    join("client-both.pem", "client.pem", "client.key");
    join("client-both-reversed.pem", "client.key", "client.pem");
    join("ca-bundle.pem", "unrelated.pem", "ca.pem");
  }

  private void join(String name, String... parts) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(Files.readString(certificates.file(part)));
    }
    Files.writeString(certificates.file(name), text);
  }

  /** The file's lines as they stand under a key of {@code tls_config}. */
  private String indented(String name) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(certificates.file(name))) {
      lines.append("          ").append(line).append('\n');
    }
    return lines.toString();
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
}
