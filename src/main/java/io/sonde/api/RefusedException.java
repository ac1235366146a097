package io.sonde.api;

import java.util.List;

/** A request that cannot be answered as it is. */
final class RefusedException extends Exception {
  /** So many are told; who has more on one request is not looking for his mistake. */
  static final int MOST_FAULTS = 20;

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient List<Fault> faults;

  /**
   * One thing that is wrong with a request.
   *
   * @param where the parameter, header or key
   * @param expected what may stand there
   * @param got what did
   */
  record Fault(String where, String expected, String got) {}

  /**
   * A refusal.
   *
   * @param status of the answer
   * @param detail one sentence for people
   * @param faults what exactly is wrong; may be empty
   */
  RefusedException(int status, String detail, List<Fault> faults) {
    super(detail, null, false, false);
    this.status = status;
    this.faults = List.copyOf(faults);
  }

  /** One for a single fault. */
  static RefusedException of(int status, String where, String expected, String got) {
    return of(status, List.of(new Fault(where, expected, got)));
  }

  /** One for faults that are told in the sentence as well. */
  static RefusedException of(int status, List<Fault> faults) {
    Fault first = faults.get(0);
    String more = faults.size() > 1 ? ", and " + (faults.size() - 1) + " more" : "";
    return new RefusedException(
        status,
        first.where() + ": expected " + first.expected() + ", got " + first.got() + more,
        faults);
  }

  int status() {
    return status;
  }

  List<Fault> faults() {
    return faults;
  }
}
