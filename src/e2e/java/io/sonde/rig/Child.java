package io.sonde.rig;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A process that this run started and that ends with it at the latest. Its output goes to a log
 * file; its id is also written to the folder's {@code pids}, for the script that started us.
 */
public final class Child implements AutoCloseable {
  private static final List<Child> LIVING = new CopyOnWriteArrayList<>();
  private static final long KERNEL_TICKS_PER_SECOND = 100;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVING.forEach(Child::kill)));
  }

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts {@code command} in {@code folder}, logging to {@code NAME.log} there. */
  public static Child start(String name, Path folder, List<String> command) throws IOException {
    return start(name, folder, command, Map.of());
  }

  /** The same with more variables in the environment. */
  public static Child start(
      String name, Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Child child = new Child(name, log, process);
    LIVING.add(child);
    Files.writeString(
        folder.resolve("pids"),
        process.pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return child;
  }

  /** Runs {@code command} to its end and returns its output; fails unless it exits with 0. */
  public static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " exited with " + exit + ": " + output);
    }
    return output;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything the process has printed so far. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  /** Waits until somebody listens on the port; fails if the process ends or time is up. */
  public void awaitListener(int port, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
        return;
      } catch (IOException notYet) {
        if (!isAlive() || System.nanoTime() > end) {
          throw new IOException(name + " does not listen: " + output(), notYet);
        }
        Thread.sleep(2);
      }
    }
  }

  /** Sends a signal by name, such as {@code HUP}. */
  public void signal(String signal) throws IOException, InterruptedException {
    run(log.getParent(), "kill", "-" + signal, Long.toString(pid()));
  }

  /** Sends SIGTERM and returns the exit code, or −1 if the process outlived {@code patience}. */
  public int terminate(Duration patience) throws InterruptedException {
    process.destroy();
    return awaitExit(patience);
  }

  /** Waits for the process to end by itself: its exit code, or −1 after {@code patience}. */
  public int awaitExit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return -1;
    }
    LIVING.remove(this);
    return process.exitValue();
  }

  /** User and system time used so far, in microseconds; the kernel counts it in 10 ms steps. */
  public long cpuMicros() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * (1_000_000 / KERNEL_TICKS_PER_SECOND);
  }

  /** Resident memory in KiB. */
  public long residentKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(name + " has no resident memory: it has ended");
  }

  private void kill() {
    process.destroyForcibly();
  }

  /** Ends the process: SIGTERM, and SIGKILL if it is still there ten seconds later. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
        process.waitFor();
      }
      LIVING.remove(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  /** The names of all children that have not ended. */
  public static List<String> living() {
    List<String> names = new ArrayList<>();
    for (Child child : LIVING) {
      if (child.isAlive()) {
        names.add(child.name);
      }
    }
    return names;
  }
}
