package io.sonde.probe;

import io.sonde.config.Redaction;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run learnt about its target and that no metric can hold: an address, a chain of
 * certificates, a status line. Plain and immutable, kept with the result for whoever shows it.
 * Texts that come from the target are as it sent them, cut where they are long; they never hold
 * credentials of ours.
 */
public sealed interface Fact {
  /** Which request of a chain of redirects it belongs to, from 0. */
  int hop();

  /** The same without these secrets, wherever the peer has a say in its texts. */
  default Fact without(Redaction secrets) {
    return this;
  }

  /**
   * An address that was tried; of several in one hop the last is the one that was used.
   *
   * @param remote resolved
   */
  record Address(int hop, InetSocketAddress remote) implements Fact {}

  /**
   * What the peer sent to prove who it is, before anybody judged it.
   *
   * @param sent its own certificate first; never empty
   */
  record Certificates(int hop, List<PeerCertificate> sent) implements Fact {}

  /**
   * A TLS handshake that succeeded.
   *
   * @param version such as {@code TLS 1.3}
   * @param cipher the IANA name of the cipher suite
   * @param applicationProtocol what ALPN chose, or null
   * @param verified whether the peer's certificate was verified, as opposed to taken as it came
   */
  record Tls(
      int hop,
      String version,
      String cipher,
      @Nullable String applicationProtocol,
      boolean verified)
      implements Fact {}

  /**
   * An HTTP request that is about to be made.
   *
   * @param url without credentials
   */
  record Request(int hop, String method, String url) implements Fact {
    public Request {
      url = Trail.cut(url);
    }

    @Override
    public Fact without(Redaction secrets) {
      return secrets.isIn(url) ? new Request(hop, method, secrets.hide(url)) : this;
    }
  }

  /**
   * The head of an HTTP response.
   *
   * @param version such as {@code HTTP/1.1}
   * @param phrase what the peer says the status means; may be empty
   */
  record Response(int hop, String version, int status, String phrase) implements Fact {
    public Response {
      phrase = Trail.cut(phrase);
    }

    @Override
    public Fact without(Redaction secrets) {
      return secrets.isIn(phrase) ? new Response(hop, version, status, secrets.hide(phrase)) : this;
    }
  }

  /**
   * A redirect.
   *
   * @param location as the peer wrote it, without credentials
   * @param followed whether another hop came of it
   */
  record Redirect(int hop, String location, boolean followed) implements Fact {
    public Redirect {
      location = Trail.cut(location);
    }

    @Override
    public Fact without(Redaction secrets) {
      return secrets.isIn(location) ? new Redirect(hop, secrets.hide(location), followed) : this;
    }
  }

  /**
   * What a step of a dialogue sent: how much, as the text may be a password.
   *
   * @param step from 1
   */
  record Sent(int hop, int step, int bytes) implements Fact {}

  /**
   * What a step of a dialogue had waited for, and got.
   *
   * @param step from 1
   */
  record Received(int hop, int step, String text) implements Fact {
    public Received {
      text = Trail.cut(text);
    }

    @Override
    public Fact without(Redaction secrets) {
      return secrets.isIn(text) ? new Received(hop, step, secrets.hide(text)) : this;
    }
  }

  /**
   * The reply to an echo request.
   *
   * @param bytes of the payload that came back
   * @param hopLimit TTL or hop limit with which it came; negative if the system did not tell
   */
  record Echo(int hop, int bytes, int hopLimit) implements Fact {}
}
