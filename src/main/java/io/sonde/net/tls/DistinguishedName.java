package io.sonde.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Subjects and issuers as text, the way Go's {@code pkix.Name} prints them, because dashboards
 * select by that text. It resembles RFC 2253 but for three things: the nine well-known attributes
 * come first and in a fixed order, several values of one attribute become one element, and all
 * other attributes follow as their number and the hex of their re-encoded value.
 */
final class DistinguishedName {
  /** The well-known attributes in their order; of the first two only the last value is kept. */
  private static final List<Map.Entry<String, String>> WELL_KNOWN =
      List.of(
          Map.entry(BCStyle.SERIALNUMBER.getId(), "SERIALNUMBER"),
          Map.entry(BCStyle.CN.getId(), "CN"),
          Map.entry(BCStyle.OU.getId(), "OU"),
          Map.entry(BCStyle.O.getId(), "O"),
          Map.entry(BCStyle.POSTAL_CODE.getId(), "POSTALCODE"),
          Map.entry(BCStyle.STREET.getId(), "STREET"),
          Map.entry(BCStyle.L.getId(), "L"),
          Map.entry(BCStyle.ST.getId(), "ST"),
          Map.entry(BCStyle.C.getId(), "C"));

  private static final int SINGLE_VALUED = 2;

  private DistinguishedName() {}

  /** The text of {@code name}. */
  static String text(X500Principal name) {
    return text(X500Name.getInstance(name.getEncoded()));
  }

  /** The text of {@code name}. */
  static String text(X500Name name) {
    List<AttributeTypeAndValue> attributes = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      attributes.addAll(List.of(rdn.getTypesAndValues()));
    }
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < WELL_KNOWN.size(); i++) {
      addWellKnown(elements, attributes, WELL_KNOWN.get(i), i < SINGLE_VALUED);
    }
    for (int i = attributes.size() - 1; i >= 0; i--) {
      AttributeTypeAndValue attribute = attributes.get(i);
      String oid = attribute.getType().getId();
      if (WELL_KNOWN.stream().noneMatch(known -> known.getKey().equals(oid))) {
        elements.add(oid + "=#" + HexFormat.of().formatHex(reencoded(attribute.getValue())));
      }
    }
    return String.join(",", elements);
  }

  private static void addWellKnown(
      List<String> elements,
      List<AttributeTypeAndValue> attributes,
      Map.Entry<String, String> known,
      boolean singleValued) {
    List<String> values = new ArrayList<>();
    for (AttributeTypeAndValue attribute : attributes) {
      if (attribute.getType().getId().equals(known.getKey())
          && attribute.getValue() instanceof ASN1String) {
        values.add(string(attribute.getValue()));
      }
    }
    if (singleValued && !values.isEmpty()) {
      String last = values.get(values.size() - 1);
      values = last.isEmpty() ? List.of() : List.of(last);
    }
    if (!values.isEmpty()) {
      elements.add(
          String.join("+", values.stream().map(v -> known.getValue() + "=" + escaped(v)).toList()));
    }
  }

  private static String string(ASN1Encodable value) {
    // T.61 is dead; what calls itself so is Latin-1.
    return value instanceof ASN1T61String t61
        ? new String(t61.getOctets(), StandardCharsets.ISO_8859_1)
        : ((ASN1String) value).getString();
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 4);
    int last = value.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = value.charAt(i);
      boolean edgeSpace = c == ' ' && (i == 0 || i == last);
      boolean leadingHash = c == '#' && i == 0;
      if (edgeSpace || leadingHash || ",+\"\\<>;".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  private static byte[] reencoded(ASN1Encodable value) {
    try {
      if (!(value instanceof ASN1String)) {
        return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
      }
      String text = string(value);
      ASN1Encodable encoded =
          isPrintable(text) ? new DERPrintableString(text) : new DERUTF8String(text);
      return encoded.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("an attribute that was decoded cannot be encoded", e);
    }
  }

  private static boolean isPrintable(String text) {
    return text.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || " '()+,-./:=?".indexOf(c) >= 0);
  }
}
