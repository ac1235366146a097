package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

class DistinguishedNameTest {
  private final X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);

  @Test
  void aNameIsPrintedAsDashboardsKnowIt() {
    add(BCStyle.C, new DERPrintableString("DE"));
    add(BCStyle.ST, "Ber lin");
    add(BCStyle.L, "X, Y");
    add(BCStyle.O, "Acme \"Q\"");
    add(BCStyle.OU, "a");
    add(BCStyle.OU, "b");
    add(BCStyle.CN, "host.example");
    add(BCStyle.EmailAddress, new DERIA5String("a@b.c"));
    add(BCStyle.DC, new DERIA5String("foo"));
    assertText(
        "CN=host.example,OU=a+OU=b,O=Acme \\\"Q\\\",L=X\\, Y,ST=Ber lin,C=DE,"
            + "0.9.2342.19200300.100.1.25=#1303666f6f,"
            + "1.2.840.113549.1.9.1=#0c056140622e63");
  }

  @Test
  void theNineKnownAttributesHaveAFixedOrder() {
    add(BCStyle.CN, "cn");
    add(BCStyle.SERIALNUMBER, "1");
    add(BCStyle.C, new DERPrintableString("DE"));
    add(BCStyle.STREET, "street");
    add(BCStyle.POSTAL_CODE, "12345");
    add(BCStyle.OU, "ou");
    add(BCStyle.ST, "st");
    add(BCStyle.O, "o");
    add(BCStyle.L, "l");
    assertText("SERIALNUMBER=1,CN=cn,OU=ou,O=o,POSTALCODE=12345,STREET=street,L=l,ST=st,C=DE");
  }

  @Test
  void onlyTheLastCommonNameAndSerialNumberAreKept() {
    add(BCStyle.CN, "first");
    add(BCStyle.SERIALNUMBER, "1");
    add(BCStyle.CN, "last");
    add(BCStyle.SERIALNUMBER, "2");
    assertText("SERIALNUMBER=2,CN=last");
  }

  @Test
  void anEmptyCommonNameIsLeftOut() {
    add(BCStyle.CN, "");
    add(BCStyle.O, "o");
    assertText("O=o");
  }

  @Test
  void anEmptyNameIsEmptyText() {
    assertText("");
  }

  @Test
  void whatWouldMisleadAParserIsEscaped() {
    add(BCStyle.CN, " #a,b+c\"d\\e<f>g;h=i ");
    add(BCStyle.O, "#x#");
    add(BCStyle.L, " ");
    assertText("CN=\\ #a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h=i\\ ,O=\\#x#,L=\\ ");
  }

  @Test
  void lettersOfAllScriptsStay() {
    add(BCStyle.CN, "Zürich 東京");
    assertText("CN=Zürich 東京");
  }

  @Test
  void everyKindOfStringIsRead() {
    add(BCStyle.CN, new DERBMPString("bmp é"));
    add(BCStyle.O, new DERT61String("t61 é"));
    assertText("CN=bmp é,O=t61 é");
  }

  @Test
  void theValuesOfOneElementAreSeenOneByOne() {
    name.addMultiValuedRDN(
        new AttributeTypeAndValue[] {
          new AttributeTypeAndValue(BCStyle.OU, new DERUTF8String("a")),
          new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("b")),
        });
    assertText("CN=b,OU=a");
  }

  @Test
  void otherAttributesAreReencodedAndReversed() {
    add(new ASN1ObjectIdentifier("1.2.3.4"), new DERUTF8String("plain"));
    add(new ASN1ObjectIdentifier("1.2.3.5"), new DERUTF8String("a*b"));
    add(new ASN1ObjectIdentifier("1.2.3.6"), new DERUTF8String("ü"));
    assertText("1.2.3.6=#0c02c3bc,1.2.3.5=#0c03612a62,1.2.3.4=#1305706c61696e");
  }

  @Test
  void aLongValueHasALongLength() {
    add(new ASN1ObjectIdentifier("1.2.3.4"), new DERUTF8String("a".repeat(200)));
    assertText("1.2.3.4=#1381c8" + "61".repeat(200));
  }

  @Test
  void whatIsNoStringIsShownAsItIs() {
    add(new ASN1ObjectIdentifier("1.2.3.4"), new ASN1Integer(5));
    assertText("1.2.3.4=#020105");
  }

  private void add(ASN1ObjectIdentifier type, String value) {
    add(type, new DERUTF8String(value));
  }

  private void add(ASN1ObjectIdentifier type, ASN1Encodable value) {
    name.addRDN(type, value);
  }

  private void assertText(String expected) {
    assertEquals(expected, DistinguishedName.text(name.build()));
  }
}
