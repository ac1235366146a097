package io.sonde.testkit;

import io.sonde.net.connect.Dialer;
import io.sonde.net.connect.ServicePorts;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.dns.ResolverFiles;
import io.sonde.net.dns.Resolvers;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.HeaderMemory;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What probers share, made for tests: the real thing, but for a name server on the loopback that
 * knows {@link #GOOD_NAME} as 127.0.0.1, says nothing when asked for {@link #SILENT_NAME}, and
 * knows no other name.
 */
public final class Network implements AutoCloseable {
  /** Resolves to 127.0.0.1. */
  public static final String GOOD_NAME = "good.example";

  /** Has no answer at all. */
  public static final String SILENT_NAME = "silent.example";

  /** Does not exist. */
  public static final String UNKNOWN_NAME = "unknown.example";

  private final Transport transport = Transport.choose();
  private final BlockingWork work = new BlockingWork();
  private final SearchWork searches = new SearchWork();
  private final Dialer dialer = new Dialer(transport);
  private final TlsMaterials tls = new TlsMaterials(ModuleFiles.anywhere(work));
  private final ServicePorts ports = new ServicePorts(work);
  private final HeaderMemory headers = HeaderMemory.ofHeap();
  private final DnsPeer names;
  private final AddressSelection addresses;
  private final Path folder;

  /** Starts the name server; the hosts file is empty. */
  public Network() {
    this("");
  }

  /** Starts the name server, beside a hosts file. */
  public Network(String hostsFile) {
    names =
        DnsPeer.listening()
            .on(GOOD_NAME + ".", DnsPeer.addresses("127.0.0.1"))
            .on(SILENT_NAME + ".", DnsPeer.silence());
    try {
      folder = Files.createTempDirectory("sonde-network");
      Path resolvConf = Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
      Path hosts = Files.writeString(folder.resolve("hosts"), hostsFile);
      Path hostname = Files.writeString(folder.resolve("hostname"), "tester\n");
      ResolverFiles files = new ResolverFiles(resolvConf, hosts, hostname);
      addresses = new AddressSelection(new Resolvers(transport, work, files, names.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chooses addresses, asking the name server of this network. */
  public AddressSelection addresses() {
    return addresses;
  }

  /** Connects. */
  public Dialer dialer() {
    return dialer;
  }

  /** Compiles TLS settings; {@code -Dsonde.tls=jdk} forces the provider. */
  public TlsMaterials tls() {
    return tls;
  }

  /** Knows services by name. */
  public ServicePorts ports() {
    return ports;
  }

  /** Threads that may block. */
  public BlockingWork work() {
    return work;
  }

  /** Threads that search. */
  public SearchWork searches() {
    return searches;
  }

  /** Memory for header lines. */
  public HeaderMemory headers() {
    return headers;
  }

  /** The name server, for more names. */
  public DnsPeer names() {
    return names;
  }

  @Override
  public void close() {
    names.close();
    work.close();
    searches.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
