package io.sonde.net.file;

import io.sonde.config.FileBytes;
import io.sonde.config.FileFolders;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file that a module names, with what was last read of it. Each {@link #read} looks at the
 * file's identity and times, and reads the bytes again only if these differ from last time, or if
 * they are too young to be trusted: time stamps are coarse, so a file that changed a moment ago may
 * change again without showing it. Safe for use by many threads; blocks, so never to be called on
 * an event loop.
 */
public final class TrackedFile {
  /** Enough for keys, certificates, passwords. */
  public static final int DEFAULT_MAX_BYTES = 1 << 20;

  /** Time stamps younger than this do not prove that nothing changed. */
  private static final Duration UNTRUSTED_AGE = Duration.ofSeconds(2);

  private static final String ATTRIBUTES = FileBytes.ATTRIBUTES + ",dev,ino,lastModifiedTime,ctime";

  private final Path path;
  private final int maxBytes;
  private final FileFolders folders;
  private final Clock clock;

  /** What the file should be called, where that cannot be the name of any file. */
  private @Nullable String unnameable;

  private @Nullable Stat stat;
  private @Nullable Contents contents;

  /** The file at {@code path}, of at most {@link #DEFAULT_MAX_BYTES} bytes. */
  public TrackedFile(Path path) {
    this(path, DEFAULT_MAX_BYTES);
  }

  /** The file at {@code path}; one of more than {@code maxBytes} bytes is refused. */
  public TrackedFile(Path path, int maxBytes) {
    this(path, maxBytes, FileFolders.ANY);
  }

  /** The same, which is refused moreover while it lies elsewhere than in these folders. */
  TrackedFile(Path path, int maxBytes, FileFolders folders) {
    this(path, maxBytes, folders, Clock.systemUTC());
  }

  TrackedFile(Path path, int maxBytes, Clock clock) {
    this(path, maxBytes, FileFolders.ANY, clock);
  }

  private TrackedFile(Path path, int maxBytes, FileFolders folders, Clock clock) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.folders = folders;
    this.clock = clock;
  }

  /** The file of that name; reading fails if the name is none. */
  public static TrackedFile named(String name) {
    return named(name, DEFAULT_MAX_BYTES, FileFolders.ANY);
  }

  static TrackedFile named(String name, int maxBytes, FileFolders folders) {
    try {
      return new TrackedFile(Path.of(name), maxBytes, folders);
    } catch (InvalidPathException ignored) {
      return withoutPath(name);
    }
  }

  /** A file by a name that no file can have: reading it says so. */
  private static TrackedFile withoutPath(String name) {
    TrackedFile file = new TrackedFile(Path.of(""));
    file.unnameable = name.replace("\0", "\\0");
    return file;
  }

  /** What a file held when it was read. */
  public static final class Contents {
    private final byte[] bytes;
    private final long version;

    private Contents(byte[] bytes, long version) {
      this.bytes = bytes;
      this.version = version;
    }

    /** The bytes; shared by all readers, not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    /** Counts up, from 1, each time the bytes changed; the same version means the same bytes. */
    public long version() {
      return version;
    }
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /**
   * The current contents.
   *
   * @throws IOException with a message of the form {@code PATH: REASON} that quotes nothing of the
   *     file; what was read before stays known, so that a file that comes back unchanged keeps its
   *     version
   */
  public synchronized Contents read() throws IOException {
    if (unnameable != null) {
      throw new IOException(unnameable + ": no name of a file");
    }
    try {
      Path place = folders.areLimited() ? folders.locate(path) : path;
      // First the stat, then the bytes: if the file changes in between, the next stat tells.
      Stat now = Stat.of(place, clock.instant());
      Contents known = contents;
      if (known != null && now.sameAs(stat)) {
        return known;
      }
      byte[] bytes = readBytes(place, now);
      if (known == null || !Arrays.equals(known.bytes, bytes)) {
        known = new Contents(bytes, known == null ? 1 : known.version + 1);
        contents = known;
      }
      stat = now;
      return known;
    } catch (IOException e) {
      throw new IOException(path + ": " + reason(e), e);
    }
  }

  private byte[] readBytes(Path place, Stat now) throws IOException {
    String refusal = FileBytes.refusal(now.attributes, maxBytes);
    if (refusal != null) {
      throw new IOException(refusal);
    }
    byte[] bytes = FileBytes.readOpen(place, maxBytes);
    if (folders.areLimited() && !folders.locate(path).equals(place)) {
      throw new IOException("it moved while it was read");
    }
    return bytes;
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  /**
   * @param trusted whether the file has been as it is for so long that a later change must show
   */
  private record Stat(Map<String, Object> attributes, boolean trusted) {
    static Stat of(Path path, Instant now) throws IOException {
      Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES);
      boolean trusted =
          attributes.get("ctime") instanceof FileTime changed
              && changed.toInstant().isBefore(now.minus(UNTRUSTED_AGE));
      return new Stat(attributes, trusted);
    }

    /** Whether the file is proven to be the one of {@code before}. */
    boolean sameAs(@Nullable Stat before) {
      return trusted && before != null && before.trusted && attributes.equals(before.attributes);
    }
  }
}
