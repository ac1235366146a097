package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a certificate authority and the certificates that peers present, sound and broken, with
 * openssl and for this run alone. Every name {@code X} becomes {@code X.pem} (the chain as the peer
 * sends it) and {@code X.key}.
 */
public final class Certificates {
  private static final String SOUND_START = "20240101000000Z";
  private static final String SOUND_END = "20990101000000Z";

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
    issue(name, "ca", "/CN=" + name + "/O=Acme, Inc.", alternativeNames, SOUND_START, SOUND_END);
  }

  /** A certificate whose time ended long ago. */
  public void expired(String name, String alternativeNames)
      throws IOException, InterruptedException {
    issue(name, "ca", "/CN=" + name, alternativeNames, "20200101000000Z", "20210101000000Z");
  }

  /** A certificate whose time has not begun. */
  public void future(String name, String alternativeNames)
      throws IOException, InterruptedException {
    issue(name, "ca", "/CN=" + name, alternativeNames, "20900101000000Z", SOUND_END);
  }

  /** A certificate that names {@code host} only where nobody looks any more. */
  public void commonNameOnly(String name, String host) throws IOException, InterruptedException {
    issue(name, "ca", "/CN=" + host, "", SOUND_START, SOUND_END);
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
    issue(
        name,
        name + "-intermediate",
        "/CN=" + name,
        alternativeNames,
        SOUND_START,
        "20400101000000Z");
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

  /** Signs with {@code openssl ca}, the one openssl 3.0 command that takes both dates. */
  private void issue(
      String name, String issuer, String subject, String alternativeNames, String from, String to)
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
            "policy = any",
            "x509_extensions = leaf",
            "[any]",
            "commonName = supplied",
            "organizationName = optional",
            "[leaf]",
            "basicConstraints = CA:FALSE",
            "extendedKeyUsage = serverAuth, clientAuth",
            alternativeNames.isEmpty() ? "" : "subjectAltName = " + alternativeNames,
            ""));
    Files.writeString(file(name + ".index"), "");
    Child.run(
        folder,
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        subject,
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    openssl(
        "ca -batch -notext -config " + name + ".cnf -in " + name + ".csr -out " + name + ".pem",
        "-cert " + issuer + ".pem -keyfile " + issuer + ".key",
        "-startdate " + from + " -enddate " + to);
  }

  private void openssl(String... parts) throws IOException, InterruptedException {
    Child.run(folder, ("openssl " + String.join(" ", parts)).split(" "));
  }
}
