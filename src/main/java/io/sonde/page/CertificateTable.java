package io.sonde.page;

import io.sonde.probe.PeerCertificate;
import io.sonde.view.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The certificates that a peer sent, and how long they will do. */
final class CertificateTable {
  /** Certificates that end within so many days are marked. */
  private static final int SOON_DAYS = 14;

  /** Some certificates are for hundreds of names. */
  private static final int MOST_NAMES = 12;

  private static final int MOST_CERTIFICATES = 20;
  private static final int MOST_NAME = 300;

  private CertificateTable() {}

  static void write(Html html, List<PeerCertificate> sent, Instant at) {
    html.open(Tag.SECTION).leaf(Tag.H2, "Certificates as sent").open(Tag.TABLE, Look.CARDS);
    html.leaf(Tag.CAPTION, Look.HIDDEN, "The target's own certificate first, then its issuers");
    Tables.head(html, "Holder", "Issuer", "Valid until", "Left");
    html.open(Tag.TBODY);
    for (PeerCertificate certificate : sent.subList(0, Math.min(MOST_CERTIFICATES, sent.size()))) {
      write(html, certificate, at);
    }
    html.close().close().close();
  }

  private static void write(Html html, PeerCertificate certificate, Instant at) {
    html.open(Tag.TR);
    Tables.rowHead(html).foreign(Texts.cut(certificate.subject(), MOST_NAME));
    String names = names(certificate);
    if (!names.isEmpty()) {
      html.open(Tag.DIV, Look.FAINT).text("for ").foreign(names).close();
    }
    html.close();
    html.open(Tag.TD).foreign(Texts.cut(certificate.issuer(), MOST_NAME)).close();
    html.open(Tag.TD, Look.NUMBER).text(Units.date(certificate.notAfter()));
    if (at.isBefore(certificate.notBefore())) {
      html.open(Tag.DIV, Look.BAD);
      html.text("not before " + Units.date(certificate.notBefore())).close();
    }
    html.close();
    long days = Units.daysBetween(at, certificate.notAfter());
    boolean over = at.isAfter(certificate.notAfter());
    Look look = over ? Look.BAD : days < SOON_DAYS ? Look.WARN : Look.PLAIN;
    html.open(Tag.TD, Look.NUMBER).open(Tag.SPAN, look);
    html.text(over ? "expired " + Units.count(-days, "day") + " ago" : Units.count(days, "day"));
    html.close().close().close();
  }

  private static String names(PeerCertificate certificate) {
    List<String> names = new ArrayList<>(certificate.dnsNames());
    names.addAll(certificate.addresses());
    int more = names.size() - MOST_NAMES;
    String shown =
        String.join(", ", names.stream().limit(MOST_NAMES).map(name -> Texts.cut(name)).toList());
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
