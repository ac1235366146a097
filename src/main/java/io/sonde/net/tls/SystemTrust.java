package io.sonde.net.tls;

import io.sonde.net.file.BlockingWork;
import io.sonde.probe.ProbeRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust anchors of the machine, found where Go programs look for them: the file that {@code
 * SSL_CERT_FILE} names or else the first bundle of the known distributions, and the directories
 * that {@code SSL_CERT_DIR} names or else the known ones. The JDK's own anchors are not used: they
 * are not the ones that the administrator of the machine maintains. Loaded when first needed, off
 * the event loops; looked at again from time to time, in the background.
 */
final class SystemTrust {
  private static final Logger logger = LoggerFactory.getLogger(SystemTrust.class);

  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private static final List<String> DIRECTORIES = List.of("/etc/ssl/certs", "/etc/pki/tls/certs");

  /** How old a look at the files may be before a probe causes the next one. */
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(10);

  private final BlockingWork work;
  private final UnaryOperator<@Nullable String> environment;
  private final Duration lookAgainAfter;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile @Nullable Loaded loaded;

  private record Loaded(ChainVerifier verifier, List<Stat> files, long lookedNanos) {}

  private record Stat(Path path, long size, long modifiedMillis, String key) {}

  SystemTrust(BlockingWork work) {
    this(work, System::getenv, LOOK_AGAIN_AFTER);
  }

  SystemTrust(
      BlockingWork work, UnaryOperator<@Nullable String> environment, Duration lookAgainAfter) {
    this.work = work;
    this.environment = environment;
    this.lookAgainAfter = lookAgainAfter;
  }

  /** The verifier against the machine's anchors; on the run's loop. Never fails. */
  CompletionStage<ChainVerifier> current(ProbeRun run) {
    Loaded known = loaded;
    if (known == null) {
      return work.call(run, () -> load().verifier());
    }
    if (System.nanoTime() - known.lookedNanos > lookAgainAfter.toNanos()
        && looking.compareAndSet(false, true)) {
      work.call(run.loop(), this::lookAgain).whenComplete((done, error) -> looking.set(false));
    }
    return CompletableFuture.completedFuture(known.verifier);
  }

  /** The anchors as they are now. Blocks. */
  static Anchors anchors() {
    return read(sources(System::getenv));
  }

  /** Loads the anchors, if that has not been done yet. Blocks. */
  void prepare() {
    load();
  }

  private synchronized Loaded load() {
    Loaded known = loaded;
    return known == null ? reload() : known;
  }

  private synchronized boolean lookAgain() {
    Loaded known = loaded;
    List<Stat> files = stats(sources(environment));
    if (known != null && known.files.equals(files)) {
      loaded = new Loaded(known.verifier, files, System.nanoTime());
      return false;
    }
    reload();
    return true;
  }

  private Loaded reload() {
    List<Path> sources = sources(environment);
    List<Stat> files = stats(sources);
    Anchors anchors = read(sources);
    logger.atInfo().addKeyValue("certificates", anchors.size()).log("System trust anchors loaded");
    Loaded fresh = new Loaded(new ChainVerifier(anchors), files, System.nanoTime());
    loaded = fresh;
    return fresh;
  }

  private static List<Path> sources(UnaryOperator<@Nullable String> environment) {
    List<Path> sources = new ArrayList<>();
    String file = environment.apply("SSL_CERT_FILE");
    List<String> bundles = file == null || file.isEmpty() ? BUNDLES : List.of(file);
    for (String bundle : bundles) {
      Path path = Path.of(bundle);
      if (Files.isReadable(path)) {
        sources.add(path);
        break;
      }
    }
    String directories = environment.apply("SSL_CERT_DIR");
    for (String directory :
        directories == null || directories.isEmpty()
            ? DIRECTORIES
            : List.of(directories.split(":", -1))) {
      addFiles(sources, Path.of(directory));
    }
    return sources;
  }

  private static void addFiles(List<Path> sources, Path directory) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        // A link to a neighbour is only its name by hash.
        boolean alias =
            Files.isSymbolicLink(entry) && Files.readSymbolicLink(entry).getNameCount() == 1;
        if (!alias && Files.isRegularFile(entry)) {
          sources.add(entry);
        }
      }
    } catch (IOException ignored) {
      // A machine has some of the known directories, never all.
    }
  }

  private static List<Stat> stats(List<Path> sources) {
    List<Stat> stats = new ArrayList<>(sources.size());
    for (Path path : sources) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        stats.add(
            new Stat(
                path,
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                String.valueOf(attributes.fileKey())));
      } catch (IOException ignored) {
        // Gone since it was listed: as if it had not been.
      }
    }
    return stats;
  }

  private static Anchors read(List<Path> sources) {
    List<byte[]> certificates = new ArrayList<>();
    for (Path path : sources) {
      try {
        for (Pem.Block block : Pem.blocks(Files.readString(path, StandardCharsets.ISO_8859_1))) {
          if (block.label().equals("CERTIFICATE")) {
            certificates.add(block.der());
          }
        }
      } catch (IOException e) {
        logger.debug("Not read as trust anchors: {}", path, e);
      }
    }
    return Anchors.ofEncoded(certificates);
  }
}
