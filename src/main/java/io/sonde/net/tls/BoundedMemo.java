package io.sonde.net.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map that forgets a random entry when it is full. Probes come round in a fixed circle:
 * if there are a few more targets than entries, forgetting the oldest would forget each one just
 * before it is needed again, while chance keeps most of them. Safe for use by many threads.
 */
public final class BoundedMemo<K, V> {
  private final int capacity;
  private final Map<K, V> entries = new HashMap<>();
  private final List<K> keys = new ArrayList<>();

  /** A map of at most so many entries. */
  public BoundedMemo(int capacity) {
    this.capacity = capacity;
  }

  /** What is remembered for {@code key}, or null. */
  public synchronized @Nullable V get(K key) {
    return entries.get(key);
  }

  /** Remembers {@code value}, unless there is a value already. Returns the one that is there. */
  public synchronized V putIfAbsent(K key, V value) {
    V known = entries.get(key);
    if (known == null) {
      put(key, value);
      return value;
    }
    return known;
  }

  /** Remembers {@code value}, in place of what was there. */
  public synchronized void put(K key, V value) {
    if (entries.containsKey(key)) {
      entries.put(key, value);
      return;
    }
    if (keys.size() < capacity) {
      keys.add(key);
    } else {
      entries.remove(keys.set(ThreadLocalRandom.current().nextInt(capacity), key));
    }
    entries.put(key, value);
  }

  synchronized int size() {
    return entries.size();
  }
}
