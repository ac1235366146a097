package io.sonde.server;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.Problem;
import io.sonde.config.source.Assembled;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.config.source.ConfigText;
import io.sonde.probe.ModuleTable;
import io.sonde.telemetry.ReloadStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration in force, and replaces it as a whole. A configuration that does not load
 * changes nothing, unless each of its files stands for itself; probes under way keep what they
 * began with.
 */
public final class Reloader {
  private static final Logger logger = LoggerFactory.getLogger(Reloader.class);

  /** Digits of the hash that are shown: those that the metric has. */
  private static final int SHOWN_DIGITS = 12;

  /** What is in force, replaced in one step. */
  private record Loaded(Config config, ModuleTable table, String hash) {}

  private final ConfigSource source;
  private final Assembly assembly;
  private final BiFunction<Config, ModuleTable, ModuleTable> binder;
  private final Executor background;
  private volatile Loaded loaded = new Loaded(Assembled.NOTHING.config(), ModuleTable.EMPTY, "");
  private volatile ReloadStatus status = ReloadStatus.NONE;
  private volatile String tried = "";
  private String whole = "";

  /**
   * A reloader that has loaded nothing.
   *
   * @param assembly joins the files
   * @param binder compiles a configuration; is given the table in force
   * @param background runs reloads: files are read and contexts built there
   */
  public Reloader(
      ConfigSource source,
      Assembly assembly,
      BiFunction<Config, ModuleTable, ModuleTable> binder,
      Executor background) {
    this.source = source;
    this.assembly = assembly;
    this.binder = binder;
    this.background = background;
  }

  /** The modules in force. */
  public ModuleTable table() {
    return loaded.table();
  }

  /** The configuration in force. */
  public Config config() {
    return loaded.config();
  }

  /** The beginning of the hash of the files in force, in hexadecimal digits. */
  public String hash() {
    return loaded.hash();
  }

  /** How the latest load ended. */
  public ReloadStatus status() {
    return status;
  }

  /**
   * Loads on the calling thread, unless the texts are those in force. Loads wait for each other.
   *
   * @return what is wrong with files that are not in force while the others are; null if all are
   * @throws IOException if the source cannot be read
   * @throws ConfigException if nothing of it comes into force; names all problems
   */
  public synchronized @Nullable ConfigException load() throws IOException, ConfigException {
    List<ConfigText> texts = List.of();
    try {
      texts = source.read();
      tried = ConfigText.stateOf(texts);
      if (tried.equals(whole)) {
        logger.info("Configuration checksum check passed. No changes detected.");
        status = status.succeeded(now(), files(texts, Set.of()));
        return null;
      }
      return put(texts, assembly.join(texts));
    } catch (ConfigException e) {
      tried = texts.isEmpty() ? String.valueOf(e.getMessage()) : tried;
      status = status.failed(files(texts, filesOf(e)));
      throw e;
    } catch (IOException | RuntimeException e) {
      status = status.failed(status.files());
      throw e;
    }
  }

  private @Nullable ConfigException put(List<ConfigText> texts, Assembled assembled) {
    Config config = assembled.config();
    String hash = assembled.hash().substring(0, SHOWN_DIGITS);
    loaded = new Loaded(config, binder.apply(config, loaded.table()), hash);
    warn(assembled);
    ConfigException failure = assembled.failure();
    whole = failure == null ? tried : "";
    ReloadStatus changed = status.with(Long.parseLong(hash, 16));
    status =
        failure == null
            ? changed.succeeded(now(), files(texts, Set.of()))
            : changed.failed(files(texts, filesOf(failure)));
    return failure;
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  /** By the name of each file whether it is none of the bad ones; those are among them all. */
  private static Map<String, Boolean> files(List<ConfigText> texts, Set<String> bad) {
    Map<String, Boolean> files = new HashMap<>();
    texts.forEach(text -> files.put(text.name(), true));
    bad.forEach(name -> files.put(name, false));
    return files;
  }

  private static Set<String> filesOf(ConfigException failure) {
    return failure.problems().stream().map(Problem::file).collect(Collectors.toSet());
  }

  /** Loads in the background; the stage fails with what is wrong, as {@link #load} tells it. */
  public CompletableFuture<Void> reload() {
    return CompletableFuture.runAsync(this::reloadHere, background);
  }

  /**
   * Whether the files are others than those that were tried last, or cannot be read for another
   * reason. Blocks on them.
   *
   * @return what they are now, to be compared; null if they are the same
   */
  @Nullable String change() {
    String state;
    try {
      state = ConfigText.stateOf(source.read());
    } catch (ConfigException e) {
      state = String.valueOf(e.getMessage());
    } catch (IOException ignored) {
      return null;
    }
    return state.equals(tried) ? null : state;
  }

  void reloadHere() {
    try {
      ConfigException failure = load();
      if (failure != null) {
        throw failure;
      }
      logger
          .atInfo()
          .addKeyValue("file", source.name())
          .addKeyValue("hash", hash())
          .log("Reloaded config file");
    } catch (IOException | ConfigException | RuntimeException e) {
      logger
          .atError()
          .addKeyValue("err", message(e))
          .addKeyValue("hash", hash())
          .log("Error reloading config");
      throw new CompletionException(e);
    }
  }

  /** What went wrong, for people. */
  static String message(Throwable error) {
    Throwable cause = error;
    if (error instanceof CompletionException && error.getCause() != null) {
      cause = error.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Tells what is doubtful in the files that were loaded now. */
  private void warn(Assembled assembled) {
    for (Problem problem : assembled.config().warnings()) {
      logger.atWarn().addKeyValue("problem", problem).log("Config warning");
    }
    for (Problem problem : assembled.placed(table().warnings())) {
      logger.atWarn().addKeyValue("problem", problem).log("Module cannot work");
    }
  }
}
