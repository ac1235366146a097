package io.sonde.server.guard;

import io.sonde.config.ConfigException;
import io.sonde.config.WebConfig;
import io.sonde.config.WebConfigLoader;
import io.sonde.net.file.TrackedFile;
import io.sonde.net.tls.TlsServerContext;
import io.sonde.net.tls.TlsServerException;
import io.sonde.net.tls.TlsServerMaterial;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --web.config.file} and the files that it names. Blocks on them; confined to
 * one thread at a time.
 */
public final class WebFile {
  private final Path path;
  private final TrackedFile file;
  private @Nullable Parsed parsed;
  private @Nullable WebState state;
  private long stateVersion;

  /** What the file said when it was read, and the material of its TLS settings. */
  private record Parsed(long version, WebConfig config, @Nullable TlsServerMaterial material) {}

  /** The file at that path. */
  public WebFile(Path path) {
    this.path = path;
    this.file = new TrackedFile(path);
  }

  /**
   * Reads the configuration without putting it into force.
   *
   * @throws ConfigException with everything that is wrong with the file and those that it names
   */
  public WebConfig check() throws ConfigException {
    return read().config();
  }

  /**
   * The state that the files stand for now; the same one as before if none of them has changed.
   *
   * @throws ConfigException with everything that is wrong
   */
  WebState read() throws ConfigException {
    TrackedFile.Contents contents;
    try {
      contents = file.read();
    } catch (IOException e) {
      throw WebConfigLoader.unreadable(path, "open " + e.getMessage());
    }
    Parsed now = parse(contents);
    TlsServerContext context = null;
    try {
      context = now.material == null ? null : now.material.current();
    } catch (TlsServerException e) {
      throw WebConfigLoader.flawed(path, contents.bytes(), e.flaws());
    }
    WebState known = state;
    if (known == null || stateVersion != now.version) {
      known = WebState.of(now.config, context);
      stateVersion = now.version;
    } else if (known.tls() != context) {
      known = known.with(context);
    }
    state = known;
    return known;
  }

  private Parsed parse(TrackedFile.Contents contents) throws ConfigException {
    Parsed known = parsed;
    if (known == null || known.version != contents.version()) {
      WebConfig config = WebConfigLoader.parse(path, contents.bytes());
      known =
          new Parsed(
              contents.version(),
              config,
              config.tls() == null ? null : new TlsServerMaterial(config.tls(), config.http2()));
      parsed = known;
    }
    return known;
  }
}
