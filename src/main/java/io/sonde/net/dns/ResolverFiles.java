package io.sonde.net.dns;

import io.sonde.net.file.TrackedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that say how names are resolved, parsed again when they change. Safe for use by many
 * threads; {@link #load} blocks.
 */
public final class ResolverFiles {
  private static final int MAX_HOSTS_BYTES = 32 << 20;

  private final TrackedFile resolvConfFile;
  private final TrackedFile hostsFile;
  private final TrackedFile hostnameFile;
  private long resolvConfVersion;
  private long hostnameVersion;
  private long hostsVersion;
  private @Nullable ResolvConf resolvConf;
  private @Nullable HostsFile hosts;

  /**
   * Files of the caller's choice.
   *
   * @param resolvConf resolv.conf(5); if there is none, the resolver of this machine is asked
   * @param hosts hosts(5)
   * @param hostname a file that holds this machine's name, whose domain is searched if {@code
   *     resolvConf} names none
   */
  public ResolverFiles(Path resolvConf, Path hosts, Path hostname) {
    this.resolvConfFile = new TrackedFile(resolvConf);
    this.hostsFile = new TrackedFile(hosts, MAX_HOSTS_BYTES);
    this.hostnameFile = new TrackedFile(hostname);
  }

  /** Those of this machine. */
  public static ResolverFiles ofSystem() {
    return new ResolverFiles(
        Path.of("/etc/resolv.conf"), Path.of("/etc/hosts"), Path.of("/proc/sys/kernel/hostname"));
  }

  /**
   * What the files said at one moment.
   *
   * @param resolvConf how to ask
   * @param hosts whom not to ask for
   */
  record Snapshot(ResolvConf resolvConf, HostsFile hosts) {}

  /** What the files say now. */
  synchronized Snapshot load() {
    return new Snapshot(loadResolvConf(), loadHosts());
  }

  private ResolvConf loadResolvConf() {
    TextFile conf = TextFile.read(resolvConfFile);
    TextFile hostname = TextFile.read(hostnameFile);
    ResolvConf known = resolvConf;
    boolean unchanged = conf.version == resolvConfVersion && hostname.version == hostnameVersion;
    if (known == null || (conf.known && hostname.known && !unchanged)) {
      known = ResolvConf.parse(conf.text(), hostname.text().strip());
      resolvConf = known;
      resolvConfVersion = conf.version;
      hostnameVersion = hostname.version;
    }
    return known;
  }

  private HostsFile loadHosts() {
    TextFile file = TextFile.read(hostsFile);
    HostsFile known = hosts;
    if (known == null || (file.known && file.version != hostsVersion)) {
      known = HostsFile.parse(file.text());
      hosts = known;
      hostsVersion = file.version;
    }
    return known;
  }

  /**
   * @param known false if the file may be as it was, but cannot be read now: for want of
   *     descriptors, say
   */
  private record TextFile(long version, boolean known, TrackedFile.@Nullable Contents contents) {
    private static final long ABSENT = -1;

    static TextFile read(TrackedFile file) {
      try {
        TrackedFile.Contents contents = file.read();
        return new TextFile(contents.version(), true, contents);
      } catch (IOException e) {
        Throwable cause = e.getCause();
        boolean absent =
            cause instanceof NoSuchFileException || cause instanceof AccessDeniedException;
        return new TextFile(ABSENT, absent, null);
      }
    }

    String text() {
      return contents == null ? "" : new String(contents.bytes(), StandardCharsets.UTF_8);
    }
  }
}
