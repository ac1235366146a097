package io.sonde.server.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logins that wait to be checked, in a short queue that is fair by where they come from: each
 * origin in turn, however many logins it sends. If there is no room, whoever has most waiting loses
 * the latest of his. Who asks for what waits already joins it. Safe for use by many threads.
 */
final class LoginQueue {
  static final int CAPACITY = 16;
  static final int MOST_OF_ONE_ORIGIN = 4;

  /** Requests that wait for one login: a scraper's first round may be hundreds. */
  static final int MOST_WAITERS = 10_000;

  /** Somebody who wants to know how a login ends. Told on any thread; must not block. */
  interface Waiter {
    void checked(boolean isRight);

    /** It will not be checked, as too many wait. */
    void refused();
  }

  /** One login, and who waits for it. */
  static final class Entry {
    private final LoginKey key;
    private final Login login;
    private final Origin origin;
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    private Entry(LoginKey key, Login login, Origin origin) {
      this.key = key;
      this.login = login;
      this.origin = origin;
    }

    LoginKey key() {
      return key;
    }

    Login login() {
      return login;
    }
  }

  private final Map<LoginKey, Entry> entries = new HashMap<>();

  /** In the order of their turns; no queue is empty. */
  private final Map<Origin, Deque<Entry>> waiting = new LinkedHashMap<>();

  private int length;

  /** Adds somebody who waits; where there is no room, somebody is refused, perhaps himself. */
  void add(LoginKey key, Login login, Origin origin, Waiter waiter) {
    List<Waiter> refused = tryAdd(key, login, origin, waiter);
    refused.forEach(Waiter::refused);
  }

  private synchronized List<Waiter> tryAdd(
      LoginKey key, Login login, Origin origin, Waiter waiter) {
    Entry known = entries.get(key);
    if (known != null) {
      if (known.waiters.size() >= MOST_WAITERS) {
        return List.of(waiter);
      }
      known.waiters.add(waiter);
      return List.of();
    }
    List<Waiter> displaced = List.of();
    int own = waiting.getOrDefault(origin, new ArrayDeque<>()).size();
    if (own >= MOST_OF_ONE_ORIGIN) {
      return List.of(waiter);
    }
    if (length >= CAPACITY) {
      Deque<Entry> longest = longest();
      if (longest.size() <= own + 1) {
        return List.of(waiter);
      }
      displaced = remove(longest.getLast());
    }
    Entry entry = new Entry(key, login, origin);
    entry.waiters.add(waiter);
    entries.put(key, entry);
    waiting.computeIfAbsent(origin, any -> new ArrayDeque<>()).addLast(entry);
    length++;
    return displaced;
  }

  /** The next in turn, whose login can still be joined; null if nobody waits. */
  synchronized @Nullable Entry next() {
    Iterator<Map.Entry<Origin, Deque<Entry>>> turns = waiting.entrySet().iterator();
    if (!turns.hasNext()) {
      return null;
    }
    Map.Entry<Origin, Deque<Entry>> turn = turns.next();
    Entry next = turn.getValue().removeFirst();
    turns.remove();
    length--;
    if (!turn.getValue().isEmpty()) {
      waiting.put(turn.getKey(), turn.getValue());
    }
    return next;
  }

  /** Ends what {@link #next} gave; tells who waited for it. */
  void end(Entry entry, boolean isRight) {
    List<Waiter> waiters;
    synchronized (this) {
      entries.remove(entry.key);
      waiters = List.copyOf(entry.waiters);
    }
    waiters.forEach(waiter -> waiter.checked(isRight));
  }

  /** Forgets somebody who does not wait any more, and a login that nobody waits for. */
  synchronized void leave(LoginKey key, Waiter waiter) {
    Entry entry = entries.get(key);
    if (entry != null && entry.waiters.remove(waiter) && entry.waiters.isEmpty()) {
      Deque<Entry> own = waiting.get(entry.origin);
      if (own != null && own.contains(entry)) {
        remove(entry);
      }
    }
  }

  synchronized boolean isEmpty() {
    return length == 0;
  }

  private List<Waiter> remove(Entry entry) {
    Deque<Entry> own = waiting.get(entry.origin);
    if (own != null && own.remove(entry)) {
      length--;
      if (own.isEmpty()) {
        waiting.remove(entry.origin);
      }
    }
    entries.remove(entry.key);
    return List.copyOf(entry.waiters);
  }

  private Deque<Entry> longest() {
    Deque<Entry> longest = new ArrayDeque<>();
    for (Deque<Entry> each : waiting.values()) {
      longest = each.size() > longest.size() ? each : longest;
    }
    return longest;
  }
}
