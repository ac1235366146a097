package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a certificate authority and the certificates that peers present, sound and broken, with
 * openssl and for this run alone. Every name {@code X} becomes {@code X.pem} (the chain as the peer
 * sends it) and {@code X.key}.
 */
public final class Certificates {
  private static final String SOUND_START = "20240101000000Z";
  private static final String[] RSA = {"rsa:2048"};
  private static final String SOUND_END = "20990101000000Z";
  private static final DateTimeFormatter OPENSSL_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes {@code ca.pem} alone, ready to issue. */
  public static Certificates create(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Certificates certificates = new Certificates(folder);
    certificates.authority("ca", "Test Root");
    return certificates;
  }

  /** The path of a file made here. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** An RSA-2048 certificate from {@code ca}, in force, for the given subject alternative names. */
  public void leaf(String name, String alternativeNames) throws IOException, InterruptedException {
    named(name, "/CN=" + name + "/O=Acme, Inc.", alternativeNames);
  }

  /** The same for a subject as openssl writes them. */
  public void named(String name, String subject, String alternativeNames)
      throws IOException, InterruptedException {
    request(name, subject, RSA);
    sign(name, "ca", alternativeNames, SOUND_START, SOUND_END);
  }

  /** The same with another kind of key, as {@code openssl req -newkey} names them. */
  public void keyed(String name, String alternativeNames, String... newKey)
      throws IOException, InterruptedException {
    request(name, "/CN=" + name, newKey);
    sign(name, "ca", alternativeNames, SOUND_START, SOUND_END);
  }

  /** A root that {@code ca} knows nothing of. */
  public void otherAuthority(String name) throws IOException, InterruptedException {
    authority(name, name);
  }

  /** Runs openssl in the folder of the certificates, with words that have no space in them. */
  public void openssl(String... parts) throws IOException, InterruptedException {
    Child.run(folder, ("openssl " + String.join(" ", parts)).split(" "));
  }

  /** A certificate whose time ended long ago. */
  public void expired(String name, String alternativeNames)
      throws IOException, InterruptedException {
    request(name, "/CN=" + name, RSA);
    sign(name, "ca", alternativeNames, "20200101000000Z", "20210101000000Z");
  }

  /** A certificate that is in force and ends after {@code left}. */
  public void endingIn(String name, String alternativeNames, Duration left)
      throws IOException, InterruptedException {
    request(name, "/CN=" + name, RSA);
    String end = OPENSSL_TIME.format(Instant.now().plus(left));
    sign(name, "ca", alternativeNames, SOUND_START, end);
  }

  /** A certificate whose time has not begun. */
  public void future(String name, String alternativeNames)
      throws IOException, InterruptedException {
    request(name, "/CN=" + name, RSA);
    sign(name, "ca", alternativeNames, "20900101000000Z", SOUND_END);
  }

  /** A certificate that names {@code host} only where nobody looks any more. */
  public void commonNameOnly(String name, String host) throws IOException, InterruptedException {
    request(name, "/CN=" + host, RSA);
    sign(name, "ca", "", SOUND_START, SOUND_END);
  }

  /** A certificate that vouches for itself. */
  public void selfSigned(String name, String alternativeNames)
      throws IOException, InterruptedException {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=" + name,
        "-addext subjectAltName=" + alternativeNames,
        "-keyout " + name + ".key -out " + name + ".pem");
  }

  /** A certificate under an intermediate that the peer sends, or forgets to send. */
  public void underIntermediate(String name, String alternativeNames, boolean sendsIntermediate)
      throws IOException, InterruptedException {
    authorityUnder(name + "-intermediate", "ca");
    request(name, "/CN=" + name, RSA);
    sign(name, name + "-intermediate", alternativeNames, SOUND_START, "20400101000000Z");
    if (sendsIntermediate) {
      Files.writeString(
          file(name + ".pem"),
          Files.readString(file(name + ".pem"))
              + Files.readString(file(name + "-intermediate.pem")));
    }
  }

  private void authority(String name, String commonName) throws IOException, InterruptedException {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 3650 -subj",
        "/CN=" + commonName.replace(' ', '_'),
        "-keyout " + name + ".key -out " + name + ".pem");
  }

  private void authorityUnder(String name, String issuer) throws IOException, InterruptedException {
    Files.writeString(file(name + ".ext"), "basicConstraints=critical,CA:TRUE\n");
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN=" + name,
        "-keyout " + name + ".key -out " + name + ".csr");
    openssl(
        "x509 -req -days 365 -CAcreateserial -in " + name + ".csr",
        "-CA " + issuer + ".pem -CAkey " + issuer + ".key",
        "-extfile " + name + ".ext -out " + name + ".pem");
  }

  /** Makes a key and asks for a certificate. */
  private void request(String name, String subject, String... newKey)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-nodes", "-newkey"));
    command.addAll(List.of(newKey));
    command.addAll(List.of("-subj", subject, "-keyout", name + ".key", "-out", name + ".csr"));
    Child.run(folder, command.toArray(String[]::new));
  }

  /** Signs with {@code openssl ca}, the one openssl 3.0 command that takes both dates. */
  private void sign(String name, String issuer, String alternativeNames, String from, String to)
      throws IOException, InterruptedException {
    Files.writeString(
        file(name + ".cnf"),
        String.join(
            "\n",
            "[ca]",
            "default_ca = this",
            "[this]",
            "database = " + name + ".index",
            "new_certs_dir = .",
            "rand_serial = yes",
            "default_md = sha256",
            "preserve = yes",
            "policy = any",
            "x509_extensions = leaf",
            "[any]",
            "commonName = supplied",
            "[leaf]",
            "basicConstraints = CA:FALSE",
            "extendedKeyUsage = serverAuth, clientAuth",
            alternativeNames.isEmpty() ? "" : "subjectAltName = " + alternativeNames,
            ""));
    Files.writeString(file(name + ".index"), "");
    openssl(
        "ca -batch -notext -config " + name + ".cnf -in " + name + ".csr -out " + name + ".pem",
        "-cert " + issuer + ".pem -keyfile " + issuer + ".key",
        "-startdate " + from + " -enddate " + to);
  }
}
