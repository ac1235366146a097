package io.sonde;

/** Starts Sonde. */
public final class Main {
  private Main() {}

  /** Runs the command line. */
  public static void main(String[] args) {
    System.out.println("sonde");
  }
}
