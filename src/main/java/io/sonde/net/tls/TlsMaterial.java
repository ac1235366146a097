package io.sonde.net.tls;

import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.ModuleFiles;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a module's TLS settings compile to. Compiled when the module is loaded: at once if something
 * is written inline that may be wrong; else off the loop, and again by the first probe that finds a
 * file of theirs changed. Safe for use by many loops.
 */
public final class TlsMaterial {
  private final TlsSpec spec;
  private final List<String> applicationProtocols;
  private final Supplier<TlsProvider> provider;
  private final BlockingWork work;
  private final SystemTrust systemTrust;
  private final TlsTexts texts;
  private volatile @Nullable Compiled compiled;

  /** A context, or the reason why there is none, and what it was made of. */
  private record Compiled(
      @Nullable TlsContext context,
      @Nullable GeneralSecurityException wrong,
      TlsTexts.@Nullable Versions made) {
    @Nullable String problem() {
      return wrong == null ? null : "tls_config: " + wrong.getMessage();
    }
  }

  TlsMaterial(
      TlsSpec spec,
      List<String> applicationProtocols,
      Supplier<TlsProvider> provider,
      ModuleFiles files,
      SystemTrust systemTrust) {
    this.spec = spec;
    this.applicationProtocols = List.copyOf(applicationProtocols);
    this.provider = provider;
    this.work = files.work();
    this.systemTrust = systemTrust;
    this.texts = new TlsTexts(spec, files);
    if (!texts.areInFiles() && !isSureToCompile()) {
      upToDate();
    }
  }

  /** Whether there is nothing in these settings that could be wrong. */
  private boolean isSureToCompile() {
    return spec.ca().isEmpty()
        && spec.cert().isEmpty()
        && spec.key().isEmpty()
        && spec.minVersion() == null
        && spec.maxVersion() == null;
  }

  /** Does beforehand what the first probe would have to wait for. Blocks on files. */
  void prepare() {
    // In this order, as another thread is likely to load the provider meanwhile.
    if (trustsTheSystem()) {
      systemTrust.prepare();
    }
    if (compiled == null) {
      upToDate();
    }
  }

  /** Whether {@link #prepare} has anything to do. */
  boolean takesTime() {
    return compiled == null || trustsTheSystem();
  }

  private boolean trustsTheSystem() {
    return spec.ca().isEmpty() && !spec.insecureSkipVerify();
  }

  /** What was configured. */
  public TlsSpec spec() {
    return spec;
  }

  /** The name to indicate and verify: the one that is configured, else {@code host}. */
  public String nameFor(String host) {
    return spec.serverName().isEmpty() ? host : spec.serverName();
  }

  /** Why no probe can succeed with these settings, as far as that is known without files. */
  public @Nullable String problem() {
    Compiled known = compiled;
    return texts.areInFiles() || known == null ? null : known.problem();
  }

  /** What is wrong with the text of a setting, as far as that is known without files. */
  @Nullable TlsFlaw flaw() {
    Compiled known = compiled;
    return !texts.areInFiles() && known != null && known.wrong instanceof TlsSettingException e
        ? new TlsFlaw(e.setting(), String.valueOf(e.getMessage()))
        : null;
  }

  /**
   * The context for a handshake of {@code run}. The stage completes on the run's loop, at once
   * where no file needs to be looked at. It fails with a {@link ProbeFailure} of reason {@code
   * config} if the settings cannot work as they and their files are now; the message names the
   * file, and quotes nothing of it.
   */
  public CompletionStage<TlsContext> current(ProbeRun run) {
    Compiled known = compiled;
    return known == null || texts.areInFiles()
        ? work.call(run, this::upToDate).thenCompose(now -> withAnchors(run, now))
        : withAnchors(run, known);
  }

  /** Whether a probe would find everything ready, as far as nothing changed. */
  boolean isCompiled() {
    return compiled != null;
  }

  /** How many connections of these settings are open. */
  int openConnections() {
    Compiled known = compiled;
    TlsContext context = known == null ? null : known.context;
    return context == null ? 0 : context.trust().expected();
  }

  private CompletionStage<TlsContext> withAnchors(ProbeRun run, Compiled now) {
    TlsContext context = now.context;
    if (context == null) {
      return CompletableFuture.failedFuture(
          new ProbeFailure(Phase.SETUP, Reason.CONFIG, String.valueOf(now.problem())));
    }
    return trustsTheSystem()
        ? systemTrust.current(run).thenApply(context::with)
        : CompletableFuture.completedFuture(context);
  }

  private synchronized Compiled upToDate() {
    Compiled known = compiled;
    TlsTexts.Versions versions = null;
    try {
      TlsTexts.Snapshot snapshot = texts.read();
      versions = snapshot.versions();
      if (known == null || !versions.sameAs(known.made)) {
        known = new Compiled(compile(snapshot), null, versions);
      }
    } catch (GeneralSecurityException e) {
      known = new Compiled(null, e, versions);
    } catch (SSLException e) {
      known = new Compiled(null, new GeneralSecurityException(e.getMessage(), e), versions);
    }
    compiled = known;
    return known;
  }

  private TlsContext compile(TlsTexts.Snapshot snapshot)
      throws GeneralSecurityException, SSLException {
    TlsVersion min = spec.minVersion();
    TlsVersion max = spec.maxVersion();
    if (min != null && max != null && max.compareTo(min) < 0) {
      throw new GeneralSecurityException("max_version " + max + " is below min_version " + min);
    }
    ChainVerifier verifier = new ChainVerifier(anchors(snapshot));
    ClientIdentity identity = identity(snapshot);
    PeerTrust trust = new PeerTrust();
    List<String> versions = versions(min, max);
    Engines.Recipe recipe = new Engines.Recipe(versions, applicationProtocols, identity, trust);
    boolean overQuic = applicationProtocols.equals(List.of(QuicEngines.PROTOCOL));
    EngineChoice engines =
        overQuic || versions.isEmpty() ? null : new EngineChoice(provider.get(), recipe);
    QuicEngines quicEngines =
        overQuic && versions.contains(TlsVersion.TLS13.protocol()) ? new QuicEngines(recipe) : null;
    return new TlsContext(spec, engines, quicEngines, trust, verifier);
  }

  private Anchors anchors(TlsTexts.Snapshot snapshot) throws GeneralSecurityException {
    if (spec.ca().isEmpty()) {
      return new Anchors(List.of());
    }
    List<X509Certificate> certificates = Pem.certificates(snapshot.ca());
    if (certificates.isEmpty()) {
      throw new TlsSettingException("ca", texts.caName() + ": no certificate in the PEM text");
    }
    return new Anchors(certificates);
  }

  private @Nullable ClientIdentity identity(TlsTexts.Snapshot snapshot)
      throws GeneralSecurityException {
    if (spec.cert().isEmpty() && spec.key().isEmpty()) {
      return null;
    }
    String setting = "cert";
    try {
      List<X509Certificate> chain = ClientIdentity.chain(snapshot.cert(), snapshot.keyPassword());
      setting = "key";
      return ClientIdentity.of(chain, snapshot.key(), snapshot.keyPassword());
    } catch (GeneralSecurityException e) {
      throw new TlsSettingException(setting, texts.identityName() + ": " + e.getMessage());
    }
  }

  /** Without a minimum TLS 1.2 is the lowest, even if the maximum is lower still. */
  private static List<String> versions(@Nullable TlsVersion min, @Nullable TlsVersion max) {
    List<String> versions = new ArrayList<>();
    for (TlsVersion version : TlsVersion.values()) {
      if (version.compareTo(min == null ? TlsVersion.TLS12 : min) >= 0
          && (max == null || version.compareTo(max) <= 0)) {
        versions.add(version.protocol());
      }
    }
    return versions;
  }
}
