package io.sonde.telemetry;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is counted and known of the daemon's own web server. Safe for use by many threads. */
public final class WebStats {
  /** Why a request was not let in. */
  public enum LoginFailure {
    /** It has no user and password. */
    MISSING,
    /** The user or the password is wrong. */
    WRONG,
    /** They were not checked, as too many waited for that. */
    UNCHECKED;

    /** The value of the label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a connection never got as far as its first request. */
  public enum HandshakeFailure {
    /** The client took too long. */
    TIMEOUT,
    /** It was the oldest of too many. */
    CROWDED,
    /** The client spoke HTTP where TLS is wanted. */
    PLAIN_HTTP,
    /** The client's certificate is missing or not accepted. */
    CLIENT_CERTIFICATE,
    /** The client left. */
    CLOSED,
    /** The client broke the rules, or has no version or cipher suite that would do. */
    PROTOCOL;

    /** The value of the label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How the latest load of the web configuration ended.
   *
   * @param atSeconds when one last succeeded, in seconds since the epoch
   */
  public record Load(boolean successful, double atSeconds) {}

  private final Map<LoginFailure, LongAdder> logins = new EnumMap<>(LoginFailure.class);
  private final Map<HandshakeFailure, LongAdder> handshakes = new EnumMap<>(HandshakeFailure.class);
  private final LongAdder rateLimited = new LongAdder();
  private volatile @Nullable Load load;
  private volatile @Nullable Instant certificateExpiry;

  /** Nothing happened so far. */
  public WebStats() {
    for (LoginFailure failure : LoginFailure.values()) {
      logins.put(failure, new LongAdder());
    }
    for (HandshakeFailure failure : HandshakeFailure.values()) {
      handshakes.put(failure, new LongAdder());
    }
  }

  /** Counts a request that was not let in. */
  public void loginFailed(LoginFailure failure) {
    adder(logins, failure).increment();
  }

  /** Counts a connection that never got as far as its first request. */
  public void handshakeFailed(HandshakeFailure failure) {
    adder(handshakes, failure).increment();
  }

  /** Counts a request beyond the rate limit. */
  public void rateLimited() {
    rateLimited.increment();
  }

  /** Notes that the web configuration was loaded, in seconds since the epoch. */
  public void loaded(double atSeconds) {
    load = new Load(true, atSeconds);
  }

  /** Notes that the web configuration did not load, and that the one before stays in force. */
  public void loadFailed() {
    Load before = load;
    load = new Load(false, before == null ? 0 : before.atSeconds());
  }

  /** Notes when the certificate that is shown expires; null for none. */
  public void certificateExpires(@Nullable Instant expiry) {
    certificateExpiry = expiry;
  }

  /** How many requests were not let in. */
  public long failures(LoginFailure failure) {
    return adder(logins, failure).sum();
  }

  /** How many connections never got as far as their first request. */
  public long failures(HandshakeFailure failure) {
    return adder(handshakes, failure).sum();
  }

  /** How many requests were beyond the rate limit. */
  public long rateLimitedRequests() {
    return rateLimited.sum();
  }

  /** How the latest load of the web configuration ended; null if there is none. */
  public @Nullable Load load() {
    return load;
  }

  /** When the certificate that is shown expires; null if there is none. */
  public @Nullable Instant certificateExpiry() {
    return certificateExpiry;
  }

  private static <E extends Enum<E>> LongAdder adder(Map<E, LongAdder> adders, E which) {
    LongAdder adder = adders.get(which);
    if (adder == null) {
      throw new IllegalStateException("every value has its counter");
    }
    return adder;
  }
}
