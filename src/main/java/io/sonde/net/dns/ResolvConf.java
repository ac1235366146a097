package io.sonde.net.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * What {@code resolv.conf} says, read as Go's resolver reads it.
 *
 * @param servers the name servers, in order; never empty
 * @param search suffixes for short names, each with its final dot
 * @param ndots a name with this many dots is tried as it is first
 * @param timeoutSeconds how long one server may take for one answer
 * @param attempts how many times the list of servers is gone through
 * @param rotate whether each question begins with the next server
 * @param singleRequest whether the two families are asked for one after the other
 * @param tcpOnly whether UDP is not used
 */
record ResolvConf(
    List<InetAddress> servers,
    List<String> search,
    int ndots,
    int timeoutSeconds,
    int attempts,
    boolean rotate,
    boolean singleRequest,
    boolean tcpOnly) {
  private static final int MAX_SERVERS = 3;
  private static final int MAX_NDOTS = 15;
  private static final int MAX_ATTEMPTS = 100;
  private static final int MAX_TIMEOUT_SECONDS = 3_600;
  private static final String ONION = ".onion.";

  /** Where to ask if the file does not say: a resolver on this machine. */
  private static final List<InetAddress> LOCAL_SERVERS =
      List.of(
          AddressLiteral.address(new byte[] {127, 0, 0, 1}),
          AddressLiteral.address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));

  /**
   * Reads the text of a {@code resolv.conf}; an empty one gives the defaults.
   *
   * @param hostname this machine's name, whose domain is searched if the file names none
   */
  static ResolvConf parse(String text, String hostname) {
    Draft draft = new Draft();
    text.lines().forEach(draft::line);
    return draft.freeze(hostname);
  }

  /** The names to ask for when a user says {@code name}, in order, each with its final dot. */
  List<String> candidates(String name) {
    List<String> names = new ArrayList<>(1 + search.size());
    String rooted = DomainName.rooted(name);
    boolean absolute = name.endsWith(".");
    boolean asItIsFirst = absolute || dots(name) >= ndots;
    if (asItIsFirst) {
      addAskable(names, rooted);
    }
    if (!absolute) {
      for (String suffix : search) {
        addAskable(names, rooted + suffix);
      }
    }
    if (!asItIsFirst) {
      addAskable(names, rooted);
    }
    return names;
  }

  private static void addAskable(List<String> names, String rooted) {
    // Names of hidden services must not be told to name servers (RFC 7686 section 2).
    if (DomainName.fits(rooted) && !rooted.toLowerCase(Locale.ROOT).endsWith(ONION)) {
      names.add(rooted);
    }
  }

  private static int dots(String name) {
    return (int) name.chars().filter(c -> c == '.').count();
  }

  private static final class Draft {
    private final List<InetAddress> servers = new ArrayList<>(MAX_SERVERS);
    private List<String> search = List.of();
    private int ndots = 1;
    private int timeoutSeconds = 5;
    private int attempts = 2;
    private boolean rotate;
    private boolean singleRequest;
    private boolean tcpOnly;

    void line(String line) {
      if (line.startsWith("#") || line.startsWith(";")) {
        return;
      }
      StringTokenizer words = new StringTokenizer(line, " \t\r\n");
      if (!words.hasMoreTokens()) {
        return;
      }
      switch (words.nextToken()) {
        case "nameserver" -> server(words);
        case "domain" -> {
          if (words.hasMoreTokens()) {
            search = List.of(DomainName.rooted(words.nextToken()));
          }
        }
        case "search" -> search(words);
        case "options" -> {
          while (words.hasMoreTokens()) {
            option(words.nextToken());
          }
        }
        default -> {
          // Other keywords concern the C library only.
        }
      }
    }

    private void server(StringTokenizer words) {
      if (words.hasMoreTokens() && servers.size() < MAX_SERVERS) {
        InetAddress address = AddressLiteral.parse(words.nextToken());
        if (address != null) {
          servers.add(address);
        }
      }
    }

    private void search(StringTokenizer words) {
      List<String> suffixes = new ArrayList<>();
      while (words.hasMoreTokens()) {
        String suffix = DomainName.rooted(words.nextToken());
        if (!suffix.equals(".")) {
          suffixes.add(suffix);
        }
      }
      search = List.copyOf(suffixes);
    }

    private void option(String option) {
      int colon = option.indexOf(':');
      String value = colon < 0 ? "" : option.substring(colon + 1);
      switch (colon < 0 ? option : option.substring(0, colon)) {
        case "ndots" -> ndots = number(value, 0, MAX_NDOTS);
        case "timeout" -> timeoutSeconds = number(value, 1, MAX_TIMEOUT_SECONDS);
        case "attempts" -> attempts = number(value, 1, MAX_ATTEMPTS);
        case "rotate" -> rotate = true;
        case "single-request", "single-request-reopen" -> singleRequest = true;
        case "use-vc", "usevc", "tcp" -> tcpOnly = true;
        default -> {
          // EDNS is always used; the others do not concern a resolver without caches.
        }
      }
    }

    /** The digits that {@code text} begins with, moved into the range. */
    private static int number(String text, int min, int max) {
      int value = 0;
      for (int i = 0; i < text.length() && value <= max; i++) {
        int digit = Character.digit(text.charAt(i), 10);
        if (digit < 0) {
          break;
        }
        value = value * 10 + digit;
      }
      return Math.max(min, Math.min(max, value));
    }

    ResolvConf freeze(String hostname) {
      int dot = hostname.indexOf('.');
      List<String> suffixes = search;
      if (suffixes.isEmpty() && dot >= 0 && dot < hostname.length() - 1) {
        suffixes = List.of(DomainName.rooted(hostname.substring(dot + 1)));
      }
      return new ResolvConf(
          servers.isEmpty() ? LOCAL_SERVERS : List.copyOf(servers),
          suffixes,
          ndots,
          timeoutSeconds,
          attempts,
          rotate,
          singleRequest,
          tcpOnly);
    }
  }
}
