package io.sonde.probe.dns;

import io.sonde.config.DnsSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.RecordValidator;
import io.sonde.config.TlsSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of dns modules for tests, as variations of one. */
record DnsSpecs(
    String name,
    String type,
    String transport,
    String source,
    @Nullable TlsSpec tls,
    @Nullable List<String> rcodes,
    RecordValidator answer,
    RecordValidator authority,
    RecordValidator additional) {
  private static final RecordValidator NONE = RecordValidator.NONE;

  static DnsSpec asking(String name, String type) {
    return new DnsSpecs(name, type, "", "", null, null, NONE, NONE, NONE).spec();
  }

  static DnsSpecs over(String transport) {
    return new DnsSpecs("x.example", "A", transport, "", null, null, NONE, NONE, NONE);
  }

  DnsSpecs withTls(TlsSpec spec) {
    return new DnsSpecs(name, type, transport, source, spec, rcodes, answer, authority, additional);
  }

  DnsSpecs ofType(String word) {
    return new DnsSpecs(name, word, transport, source, tls, rcodes, answer, authority, additional);
  }

  DnsSpecs from(String address) {
    return new DnsSpecs(name, type, transport, address, tls, rcodes, answer, authority, additional);
  }

  DnsSpecs accepting(String... words) {
    return new DnsSpecs(
        name, type, transport, source, tls, List.of(words), answer, authority, additional);
  }

  DnsSpecs checking(RecordValidator one, RecordValidator two, RecordValidator three) {
    return new DnsSpecs(name, type, transport, source, tls, rcodes, one, two, three);
  }

  DnsSpec spec() {
    return new DnsSpec(
        IpPreference.DEFAULT,
        tls != null,
        tls == null ? TlsSpec.DEFAULT : tls,
        source,
        transport,
        "",
        name,
        type,
        true,
        rcodes,
        answer,
        authority,
        additional);
  }
}
