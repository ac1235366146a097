package io.sonde.history;

import io.sonde.probe.Fact;
import io.sonde.probe.Failure;
import io.sonde.probe.PeerCertificate;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Sample;
import io.sonde.probe.TraceContext;
import io.sonde.probe.Trail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of the heap a result takes, with the 4-byte references of heaps below 32 GiB. An
 * estimate that is rather too high: what several results may share is counted for each. Fixed texts
 * and the module, which belong to the program and the configuration, are not counted.
 */
final class RetainedSize {
  /** The result, its request, verdict, lists and times, and its place in the history. */
  private static final int RESULT = 400;

  private static final int SPAN = 48;
  private static final int SAMPLE = 32;
  private static final int ENTRY = 40;
  private static final int FACT = 40;
  private static final int ADDRESS = 120;
  private static final int CERTIFICATE = 160;
  private static final int TRACE = 40;
  private static final int LIST = 48;
  private static final int REFERENCE = 4;
  private static final int NUMBER = 24;
  private static final int STRING = 44;

  /** Longer texts are looked at: two bytes per character may count then. */
  private static final int LONG_TEXT = 64;

  private static final int LAST_LATIN_1 = 0xff;

  private RetainedSize() {}

  static int of(ProbeResult result) {
    Failure failure = result.verdict().failure();
    long size = RESULT;
    size += of(result.request().target());
    size += of(result.request().hostname());
    size += of(result.request().trace());
    size += of(failure == null ? null : failure.message());
    size += (long) result.spans().size() * SPAN;
    for (Sample sample : result.samples()) {
      size += SAMPLE + ofAll(sample.labelValues());
    }
    for (Fact fact : result.facts()) {
      size += of(fact);
    }
    for (Trail.Entry entry : result.trail()) {
      size += of(entry);
    }
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  private static long of(@Nullable TraceContext trace) {
    return trace == null
        ? 0
        : TRACE
            + of(trace.traceId())
            + of(trace.spanId())
            + of(trace.parentId())
            + of(trace.state());
  }

  static long of(Trail.Entry entry) {
    List<Object> attributes = entry.attributes();
    long size = ENTRY + LIST + (long) attributes.size() * REFERENCE;
    for (int i = 1; i < attributes.size(); i += 2) {
      size += attributes.get(i) instanceof String text ? of(text) : NUMBER;
    }
    return size;
  }

  static long of(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    int length = text.length();
    return STRING + (length > LONG_TEXT && isWide(text) ? 2L * length : length);
  }

  private static boolean isWide(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LAST_LATIN_1) {
        return true;
      }
    }
    return false;
  }

  private static long of(Fact fact) {
    long size = FACT;
    if (fact instanceof Fact.Certificates certificates) {
      for (PeerCertificate certificate : certificates.sent()) {
        size += of(certificate);
      }
    } else if (fact instanceof Fact.Address) {
      size += ADDRESS;
    } else if (fact instanceof Fact.Request request) {
      size += of(request.url());
    } else if (fact instanceof Fact.Response response) {
      size += of(response.phrase());
    } else if (fact instanceof Fact.Redirect redirect) {
      size += of(redirect.location());
    } else if (fact instanceof Fact.Received received) {
      size += of(received.text());
    }
    return size;
  }

  private static long of(PeerCertificate certificate) {
    return CERTIFICATE
        + of(certificate.subject())
        + of(certificate.issuer())
        + of(certificate.serialNumber())
        + of(certificate.fingerprintSha256())
        + ofAll(certificate.dnsNames())
        + ofAll(certificate.addresses());
  }

  private static long ofAll(List<String> texts) {
    if (texts.isEmpty()) {
      return 0;
    }
    long size = LIST;
    for (String text : texts) {
      size += REFERENCE + of(text);
    }
    return size;
  }
}
