package io.sonde.net.tls;

import io.sonde.config.TlsSpec;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.ModuleFiles;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles TLS settings, and owns what all modules share: the choice of the provider and the
 * machine's trust anchors. Modules with equal settings get the same material, so that a
 * configuration of hundreds of modules holds a handful of contexts; one that nobody uses any more
 * is let go.
 */
public final class TlsMaterials {
  private final Supplier<TlsProvider> provider;
  private final ModuleFiles files;
  private final SystemTrust systemTrust;
  private final Map<Map.Entry<TlsSpec, List<String>>, WeakReference<TlsMaterial>> known =
      new HashMap<>();

  private final List<TlsMaterial> unprepared = new ArrayList<>();
  private final List<CompletableFuture<Void>> preparing = new ArrayList<>();
  private boolean preparesAtOnce;

  /**
   * Materials of the best provider of this machine. It is chosen when the first material is
   * compiled, as choosing loads a native library.
   */
  public TlsMaterials(ModuleFiles files) {
    this(TlsProvider::choose, files, new SystemTrust(files.work()));
  }

  TlsMaterials(TlsProvider provider, BlockingWork work, SystemTrust systemTrust) {
    this(() -> provider, ModuleFiles.anywhere(work), systemTrust);
  }

  private TlsMaterials(Supplier<TlsProvider> provider, ModuleFiles files, SystemTrust systemTrust) {
    this.provider = provider;
    this.files = files;
    this.systemTrust = systemTrust;
  }

  /** Who does the cryptography. */
  public TlsProvider provider() {
    return provider.get();
  }

  /**
   * The material of one module. May take a few milliseconds where settings are new, so it is for
   * load time; files are read in the background. Never fails: settings that cannot work make
   * material whose probes fail.
   *
   * @param applicationProtocols what to offer by ALPN (RFC 7301), preferred first; empty leaves the
   *     extension out; {@code h3} alone makes material for QUIC, whose library must have loaded
   */
  public synchronized TlsMaterial of(TlsSpec spec, List<String> applicationProtocols) {
    Map.Entry<TlsSpec, List<String>> key = Map.entry(spec, List.copyOf(applicationProtocols));
    WeakReference<TlsMaterial> reference = known.get(key);
    @Nullable TlsMaterial material = reference == null ? null : reference.get();
    if (material == null) {
      known.values().removeIf(other -> other.get() == null);
      material = new TlsMaterial(spec, applicationProtocols, provider, files, systemTrust);
      known.put(key, new WeakReference<>(material));
      if (material.takesTime()) {
        unprepared.add(material);
        if (preparesAtOnce) {
          prepare();
        }
      }
    }
    return material;
  }

  /** What can never work in settings that material was made of; null if nothing, or in files. */
  public synchronized @Nullable TlsFlaw flaw(TlsSpec spec) {
    for (Map.Entry<Map.Entry<TlsSpec, List<String>>, WeakReference<TlsMaterial>> entry :
        known.entrySet()) {
      TlsMaterial material = entry.getValue().get();
      if (material != null && entry.getKey().getKey().equals(spec)) {
        return material.flaw();
      }
    }
    return null;
  }

  /**
   * Begins to compile what was asked for so far, in the background; from now on that is begun at
   * once. At a start it can wait until the daemon listens.
   */
  public synchronized void prepare() {
    preparesAtOnce = true;
    preparing.removeIf(CompletableFuture::isDone);
    unprepared.forEach(material -> preparing.add(files.work().begin(material::prepare)));
    unprepared.clear();
  }

  /**
   * Waits until everything that is being prepared is ready for a first probe, or could not be made
   * so, but no longer than {@code limit}: a file system may hang.
   */
  public void awaitReady(Duration limit) {
    CompletableFuture<?>[] all;
    synchronized (this) {
      all = preparing.toArray(new CompletableFuture<?>[0]);
    }
    try {
      CompletableFuture.allOf(all).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException ignored) {
      // The probes that need it will tell.
    }
  }
}
