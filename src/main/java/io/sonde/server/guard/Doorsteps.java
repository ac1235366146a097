package io.sonde.server.guard;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of one loop whose handshake is not over, oldest first. Confined to the loop. */
final class Doorsteps {
  private final int most;
  private final Set<Doorstep> open = new LinkedHashSet<>();

  Doorsteps(int most) {
    this.most = most;
  }

  /** Adds one; returns the one that has to go, or null. */
  @Nullable Doorstep add(Doorstep doorstep) {
    open.add(doorstep);
    if (open.size() <= most) {
      return null;
    }
    Iterator<Doorstep> oldestFirst = open.iterator();
    return oldestFirst.next();
  }

  void remove(Doorstep doorstep) {
    open.remove(doorstep);
  }

  int size() {
    return open.size();
  }
}
