package io.sonde.cli;

import io.sonde.probe.PeerCertificate;
import io.sonde.view.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The certificates that a peer sent, and how long they will do. */
final class CertificateDrawing {
  /** Certificates that end within so many days are marked. */
  private static final int SOON_DAYS = 14;

  /** Some certificates are for hundreds of names. */
  private static final int MOST_NAMES = 8;

  private final Screen screen;
  private final Instant now;
  private final Page page;

  private CertificateDrawing(Screen screen, Instant now) {
    this.screen = screen;
    this.now = now;
    this.page = new Page(screen);
  }

  /** Draws a chain, the peer's own certificate first. */
  static String draw(Screen screen, List<PeerCertificate> sent, Instant now) {
    CertificateDrawing drawing = new CertificateDrawing(screen, now);
    drawing.page.heading("Certificates as sent");
    for (int i = 0; i < sent.size(); i++) {
      drawing.draw(i, sent.get(i));
    }
    return drawing.page.toString();
  }

  private void draw(int number, PeerCertificate certificate) {
    page.labelled("  " + number + "  ", shown(certificate.subject()));
    if (number == 0) {
      page.labelled("     names    ", shown(names(certificate)));
    }
    page.labelled("     issuer   ", shown(certificate.issuer()));
    String end = Units.date(certificate.notAfter());
    long days = Units.daysBetween(now, certificate.notAfter());
    if (now.isBefore(certificate.notBefore())) {
      page.labelled(
          "     valid    ", Style.FAILED, "not before " + Units.date(certificate.notBefore()));
    }
    if (now.isAfter(certificate.notAfter())) {
      page.labelled(
          "     expired  ", Style.FAILED, end + ", " + Units.count(-days, "day") + " ago");
    } else {
      String left = end + ", " + Units.count(days, "day") + " left";
      page.labelled("     expires  ", days < SOON_DAYS ? Style.WARNING : null, left);
    }
  }

  private static String names(PeerCertificate certificate) {
    List<String> names = new ArrayList<>(certificate.dnsNames());
    names.addAll(certificate.addresses());
    if (names.isEmpty()) {
      return "none";
    }
    int more = names.size() - MOST_NAMES;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + more + " more";
  }

  private String shown(String text) {
    return screen.visible(text);
  }
}
