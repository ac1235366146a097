package io.sonde.config;

import java.util.Set;

/**
 * The mnemonics that a {@code dns} block can name (IANA's DNS parameters, and what others call
 * them).
 */
final class DnsWords {
  static final Set<String> CLASSES = Set.of("IN", "CS", "CH", "HS", "NONE", "ANY");

  static final Set<String> TYPES =
      words(
          "A AAAA AFSDB AMTRELAY ANY APL ATMA AVC AXFR CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV"
              + " DNAME DNSKEY DS EID EUI48 EUI64 GID GPOS HINFO HIP HTTPS IPSECKEY ISDN IXFR KEY KX"
              + " L32 L64 LOC LP MAILA MAILB MB MD MF MG MINFO MR MX NAPTR NID NIMLOC NINFO NS"
              + " NSAP-PTR NSEC NSEC3 NSEC3PARAM NULL NXNAME NXT None OPENPGPKEY OPT PTR PX RESINFO"
              + " RKEY RP RRSIG RT Reserved SIG SMIMEA SOA SPF SRV SSHFP SVCB TA TALINK TKEY TLSA"
              + " TSIG TXT UID UINFO UNSPEC URI X25 ZONEMD");

  static final Set<String> RCODES =
      words(
          "NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP NOTIMPL REFUSED YXDOMAIN YXRRSET NXRRSET"
              + " NOTAUTH NOTZONE DSOTYPENI BADSIG BADKEY BADTIME BADMODE BADNAME BADALG BADTRUNC"
              + " BADCOOKIE");

  private DnsWords() {}

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }
}
