package io.sonde.count;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the resolver's questions came to, by name server. Thread-safe. The servers are those of
 * {@code resolv.conf}, which may change: only so many are told apart, further ones are counted
 * together.
 */
public final class NameServerCounts {
  /** What the servers are called that came after too many others. */
  public static final String OTHERS = "other";

  static final int MOST_SERVERS = 16;

  private static final DurationBounds BOUNDS =
      DurationBounds.ofSeconds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5);

  /** What one server's questions came to. */
  public static final class Server {
    private final CountsBy<QueryOutcome> outcomes = new CountsBy<>(QueryOutcome.class);
    private final DurationCounts answerTimes = new DurationCounts(BOUNDS);

    private Server() {}

    /**
     * Counts one question.
     *
     * @param nanos from asking until then
     */
    public void add(QueryOutcome outcome, long nanos) {
      outcomes.add(outcome);
      if (outcome == QueryOutcome.ANSWERED || outcome == QueryOutcome.USELESS) {
        answerTimes.add(nanos);
      }
    }

    /** How many questions came to that. */
    public long of(QueryOutcome outcome) {
      return outcomes.of(outcome);
    }

    /** How long the server took to answer, when it did. */
    public DurationCounts answerTimes() {
      return answerTimes;
    }
  }

  private final ConcurrentMap<String, Server> servers = new ConcurrentHashMap<>();

  /** The counts of the server at that address. */
  public Server of(String address) {
    Server known = servers.get(address);
    return known == null ? add(address) : known;
  }

  private synchronized Server add(String address) {
    String name = servers.size() < MOST_SERVERS ? address : OTHERS;
    return servers.computeIfAbsent(name, ignored -> new Server());
  }

  /** All servers that were asked, by their address. */
  public Map<String, Server> servers() {
    return new TreeMap<>(servers);
  }
}
