package io.sonde.telemetry;

import io.sonde.count.CountsBy;
import io.sonde.count.DurationBounds;
import io.sonde.count.DurationCounts;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon counts about the requests that it answers. Whatever callers send, there is a cell
 * for each route, method and status that is told apart, and no more. Thread-safe.
 */
public final class RequestStats {
  /** Where a request leads. A closed set. */
  public enum Route {
    PROBE("probe"),
    METRICS("metrics"),
    CONFIG("config"),
    LOGS("logs"),
    HEALTHY("-/healthy"),
    READY("-/ready"),
    RELOAD("-/reload"),
    LANDING(""),
    /** Whatever programs ask for. */
    API("api/"),
    /** Whatever else people look at. */
    PAGE(null),
    /** No path of Sonde's, or one that is redirected. */
    OTHER(null);

    private final @Nullable String path;
    private final String label = name().toLowerCase(Locale.ROOT);

    Route(@Nullable String path) {
      this.path = path;
    }

    /** The route of a path below the prefix that something answers. */
    public static Route ofPath(String path) {
      for (Route route : values()) {
        if (path.equals(route.path)) {
          return route;
        }
      }
      return path.startsWith("api/") ? API : PAGE;
    }

    /** The value of a {@code route} label. */
    public String label() {
      return label;
    }
  }

  /** Why a client was turned away before its request was one. A closed set. */
  public enum Refused {
    MALFORMED,
    LINE_TOO_LONG,
    HEADERS_TOO_LARGE,
    BODY_TOO_LARGE,
    TOO_SLOW;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of a {@code reason} label. */
    public String label() {
      return label;
    }
  }

  /** The status of a request whose caller left before the answer, as other servers log it. */
  public static final int CALLER_LEFT = 499;

  private static final String OTHER = "other";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER);
  private static final int[] STATUSES = {
    200,
    301,
    302,
    303,
    307,
    400,
    401,
    403,
    404,
    405,
    406,
    408,
    413,
    414,
    415,
    429,
    431,
    CALLER_LEFT,
    500,
    503
  };
  private static final int STATUS_CELLS = STATUSES.length + 1;

  /** Up to the longest time that scrapers usually wait. */
  private static final DurationBounds BOUNDS =
      DurationBounds.ofSeconds(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

  /** Takes how often something was answered. */
  @FunctionalInterface
  interface Answered {
    void add(long count, Route route, String method, String status);
  }

  private static final class Requests {
    private final AtomicLongArray cells = new AtomicLongArray(METHODS.size() * STATUS_CELLS);
    private final DurationCounts durations = new DurationCounts(BOUNDS);
  }

  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<Route, Requests> routes = new EnumMap<>(Route.class);
  private final CountsBy<Refused> refused = new CountsBy<>(Refused.class);

  /** Nothing counted yet. */
  public RequestStats() {
    for (Route route : Route.values()) {
      routes.put(route, new Requests());
    }
  }

  /** Counts a request that arrived, and must be ended. */
  public void begun() {
    inFlight.getAndIncrement();
  }

  /**
   * Counts the end of a request.
   *
   * @param status what it was answered, or {@link #CALLER_LEFT}
   * @param nanos how long that took
   */
  public void ended(Route route, String method, int status, long nanos) {
    inFlight.getAndDecrement();
    Requests requests = of(route);
    requests.cells.getAndIncrement(cell(methodCell(method), statusCell(status)));
    requests.durations.add(nanos);
  }

  /** Counts a client that was turned away. */
  public void refused(Refused why) {
    refused.add(why);
  }

  int inFlight() {
    return inFlight.get();
  }

  long refusals(Refused why) {
    return refused.of(why);
  }

  DurationCounts durations(Route route) {
    return of(route).durations;
  }

  /** What was answered at least once. */
  void answered(Answered to) {
    routes.forEach((route, requests) -> answered(to, route, requests.cells));
  }

  private static void answered(Answered to, Route route, AtomicLongArray cells) {
    for (int method = 0; method < METHODS.size(); method++) {
      for (int status = 0; status < STATUS_CELLS; status++) {
        long count = cells.get(cell(method, status));
        if (count > 0) {
          String code = status < STATUSES.length ? String.valueOf(STATUSES[status]) : OTHER;
          to.add(count, route, METHODS.get(method), code);
        }
      }
    }
  }

  private Requests of(Route route) {
    return Objects.requireNonNull(routes.get(route));
  }

  private static int cell(int method, int status) {
    return method * STATUS_CELLS + status;
  }

  private static int methodCell(String method) {
    int known = METHODS.indexOf(method);
    return known < 0 ? METHODS.size() - 1 : known;
  }

  private static int statusCell(int status) {
    int known = Arrays.binarySearch(STATUSES, status);
    return known < 0 ? STATUSES.length : known;
  }
}
