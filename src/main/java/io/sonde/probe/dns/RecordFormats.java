package io.sonde.probe.dns;

import io.sonde.config.DnsWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the data of each type of record is made of. */
final class RecordFormats {
  /** Types, what their data is made of, and the document that says so where it is not RFC 1035. */
  private static final String TABLE =
      """
      A                       address4
      AAAA                    address6                                       RFC 3596
      NS CNAME PTR DNAME      name
      MB MG MR MD MF NSAP-PTR name
      SOA                     name name u32 u32 u32 u32 u32
      MX                      u16 name
      TXT SPF AVC             strings                                        RFC 7208
      NINFO RESINFO           strings                                        RFC 9606
      SRV                     u16 u16 u16 name                               RFC 2782
      NAPTR                   u16 u16 quoted quoted quoted name              RFC 3403
      URI                     u16 u16 quoted_rest                            RFC 7553
      SVCB HTTPS              u16 name parameters                            RFC 9460
      CAA                     u8 string quoted_rest                          RFC 8659
      LOC                     location                                       RFC 1876
      APL                     prefixes                                       RFC 3123
      EUI48                   eui48                                          RFC 7043
      EUI64                   eui64                                          RFC 7043
      NID                     u16 groups                                     RFC 6742
      L64                     u16 upper_groups                               RFC 6742
      L32                     u16 address4_if_any                            RFC 6742
      LP                      u16 name                                       RFC 6742
      AMTRELAY                amt_relay                                      RFC 8777
      DS CDS DLV TA           u16 u8 u8 upper_hex                            RFC 4034
      DNSKEY CDNSKEY KEY RKEY u16 u8 u8 base64                               RFC 4034
      RRSIG SIG               type u8 u8 u32 time time u16 name base64       RFC 4034
      NSEC NXT                name types                                     RFC 4034
      NSEC3                   u8 u8 u16 salt hashed_name types               RFC 5155
      NSEC3PARAM              u8 u8 u16 salt                                 RFC 5155
      CSYNC                   u32 u16 types                                  RFC 7477
      ZONEMD                  u32 u8 u8 hex                                  RFC 8976
      CERT                    certificate_type u16 algorithm base64          RFC 4398
      TLSA                    u8 u8 u8 hex                                   RFC 6698
      SMIMEA                  u8 u8 u8 grouped_hex                           RFC 8162
      SSHFP                   u8 u8 upper_hex                                RFC 4255
      OPENPGPKEY DHCID        base64                                         RFC 7929
      HIP                     host_identity                                  RFC 8005
      IPSECKEY                ipsec_key                                      RFC 4025
      TKEY                    key_exchange                                   RFC 2930
      TSIG                    signature                                      RFC 8945
      MINFO RP TALINK         name name                                      RFC 1183
      AFSDB RT KX             u16 name                                       RFC 1183
      PX                      u16 name name                                  RFC 2163
      HINFO ISDN              quoted quoted                                  RFC 1183
      UINFO                   quoted
      X25                     string                                         RFC 1183
      GPOS                    string string string                           RFC 1712
      EID NIMLOC              upper_hex
      UID GID                 u32
      NULL                    raw
      ANY NXNAME
      """;

  private static final Map<Integer, List<DataField>> BY_TYPE = read();

  private RecordFormats() {}

  /** What the data of a type, given by its number, is made of; null for a type not known. */
  static @Nullable List<DataField> ofType(int type) {
    return BY_TYPE.get(type);
  }

  private static Map<Integer, List<DataField>> read() {
    Map<Integer, List<DataField>> all = new HashMap<>();
    for (String line : TABLE.split("\n")) {
      List<Integer> types = new ArrayList<>();
      List<DataField> fields = new ArrayList<>();
      for (String word : line.replaceFirst(" RFC [0-9]+$", "").trim().split(" +")) {
        Integer type = DnsWords.TYPES.get(word);
        if (type != null) {
          types.add(type);
        } else {
          fields.add(DataField.valueOf(word.toUpperCase(Locale.ROOT)));
        }
      }
      for (Integer type : types) {
        all.put(type, List.copyOf(fields));
      }
    }
    return Map.copyOf(all);
  }
}
