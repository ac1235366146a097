package io.sonde.server;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Places;
import io.sonde.probe.BoundModule;
import io.sonde.probe.ModuleTable;
import io.sonde.telemetry.ReloadStatus;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration in force, and replaces it as a whole. A configuration that does not load
 * changes nothing; probes under way keep what they began with.
 */
public final class Reloader {
  private static final Logger logger = LoggerFactory.getLogger(Reloader.class);

  /** Makes a configuration of its text. */
  @FunctionalInterface
  public interface Parser {
    /**
     * Parses.
     *
     * @param name what messages call the text
     */
    Config parse(String name, byte[] text) throws ConfigException;
  }

  /** What is in force, replaced in one step. */
  private record Loaded(Config config, ModuleTable table) {}

  private final ConfigSource source;
  private final Parser parser;
  private final Function<ModuleConfig, BoundModule> binder;
  private final Executor background;
  private volatile Loaded loaded = new Loaded(new Config(Map.of(), List.of()), ModuleTable.EMPTY);
  private volatile ReloadStatus status = new ReloadStatus(false, 0);
  private byte[] loadedDigest = {};

  /**
   * A reloader that has loaded nothing.
   *
   * @param binder compiles a module
   * @param background runs reloads: files are read and contexts built there
   */
  public Reloader(
      ConfigSource source,
      Parser parser,
      Function<ModuleConfig, BoundModule> binder,
      Executor background) {
    this.source = source;
    this.parser = parser;
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

  /** How the latest load ended. */
  public ReloadStatus status() {
    return status;
  }

  /**
   * Loads on the calling thread, unless the text is the one in force. Loads wait for each other.
   *
   * @throws IOException if the source cannot be read
   * @throws ConfigException if it is no configuration; names all problems
   */
  public synchronized void load() throws IOException, ConfigException {
    try {
      byte[] text = source.read();
      byte[] digest = digest(text);
      if (MessageDigest.isEqual(digest, loadedDigest)) {
        logger.info("Configuration checksum check passed. No changes detected.");
      } else {
        Config config = parser.parse(source.name(), text);
        loaded = new Loaded(config, ModuleTable.bind(config, binder, loaded.table()));
        loadedDigest = digest;
        warn(text);
      }
      status = new ReloadStatus(true, System.currentTimeMillis() / 1e3);
    } catch (IOException | ConfigException | RuntimeException e) {
      status = new ReloadStatus(false, status.succeededAtSeconds());
      throw e;
    }
  }

  /** Loads in the background; the stage fails with what {@link #load} throws. */
  public CompletableFuture<Void> reload() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            load();
            logger.atInfo().addKeyValue("file", source.name()).log("Reloaded config file");
          } catch (IOException | ConfigException | RuntimeException e) {
            logger.atError().addKeyValue("err", message(e)).log("Error reloading config");
            throw new CompletionException(e);
          }
        },
        background);
  }

  /** What went wrong, for people. */
  static String message(Throwable error) {
    Throwable cause = error;
    if (error instanceof CompletionException && error.getCause() != null) {
      cause = error.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private void warn(byte[] text) {
    loaded
        .config()
        .warnings()
        .forEach(problem -> logger.atWarn().addKeyValue("problem", problem).log("Config warning"));
    Places.placed(source.name(), text, loaded.table().warnings())
        .forEach(
            problem -> logger.atWarn().addKeyValue("problem", problem).log("Module cannot work"));
  }

  private static byte[] digest(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
