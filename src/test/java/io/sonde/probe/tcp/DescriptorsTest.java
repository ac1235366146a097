package io.sonde.probe.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.config.TcpSpec;
import io.sonde.probe.Failure;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeRig;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a probe says when the process has no file descriptor left: in a process that has none. */
class DescriptorsTest {
  private static final int DESCRIPTORS = 128;
  private static final int ROUNDS = 3;
  private static final int MOST_FILES = 10_000;

  @Test
  void aProbeWithoutDescriptorsSaysSoAndTheNextOneWorksAgain() throws Exception {
    try (Peer peer = Peer.listening()) {
      assertEquals(
          List.of(
              "before: passed",
              "address: connect/descriptors",
              "name: resolve/descriptors",
              "after: passed"),
          runChild(peer.address()));
    }
  }

  private static List<String> runChild(String target) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$0\" \"$@\"", java));
    for (String property : List.of("sonde.transport", "sonde.tls")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-Xmx128m", "-cp", classPath, Child.class.getName(), target));
    // What a newer JVM has to say about natives goes to standard error, and is not what is claimed.
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(child.waitFor(30, TimeUnit.SECONDS), output);
      assertEquals(0, child.exitValue(), output);
      return output.lines().filter(line -> line.contains(": ")).toList();
    } finally {
      child.destroyForcibly();
    }
  }

  /** The process that runs out. */
  static final class Child {
    private final ProbeRig rig = new ProbeRig();
    private final Network network;

    private Child(Network network) {
      this.network = network;
    }

    public static void main(String[] args) throws IOException {
      try (Network network = new Network()) {
        Child child = new Child(network);
        child.probe("before", args[0]);
        // Classes are loaded from files, which take descriptors: fail once in every way before.
        child.probe("", "127.0.0.1:1");
        child.probe("", Network.GOOD_NAME + ":1");
        child.probe("", Network.UNKNOWN_NAME + ":1");
        List<FileInputStream> files = new ArrayList<>();
        try {
          child.takeAll(files);
          child.probe("address", args[0]);
          child.takeAll(files);
          child.probe("name", Network.GOOD_NAME + ":80");
        } finally {
          for (FileInputStream file : files) {
            file.close();
          }
        }
        child.probe("after", args[0]);
      }
    }

    /** Takes every descriptor, and again those that closing sockets give back a little later. */
    private void takeAll(List<FileInputStream> files) {
      for (int round = 0; round < ROUNDS; round++) {
        if (!rig.loop().leftovers().isEmpty()) {
          throw new AssertionError(rig.loop().leftovers());
        }
        rig.loop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
        try {
          while (files.size() < MOST_FILES) {
            files.add(new FileInputStream("/dev/null"));
          }
        } catch (IOException ignored) {
          // No descriptor left, as wanted.
        }
      }
    }

    private void probe(String label, String target) {
      TcpProber prober =
          new TcpProber(
              TcpSpec.DEFAULT,
              network.addresses(),
              network.ports(),
              network.dialer(),
              network.tls(),
              network.searches());
      Failure failure =
          rig.probing(prober, ModuleConfig.of("test", Duration.ZERO, TcpSpec.DEFAULT))
              .at(target)
              .ends()
              .result()
              .verdict()
              .failure();
      if (!label.isEmpty()) {
        System.out.println(
            label
                + ": "
                + (failure == null
                    ? "passed"
                    : failure.phase().label() + "/" + failure.reason().label()));
      }
    }
  }
}
