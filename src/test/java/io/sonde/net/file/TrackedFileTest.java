package io.sonde.net.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedFileTest {
  /** A clock on which every change of the test lies long enough ago. */
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void name() {
    path = directory.resolve("secret");
  }

  @Test
  void contentsAreTheBytes() throws Exception {
    write("one");
    assertEquals("one", text(new TrackedFile(path).read()));
    assertEquals(path, new TrackedFile(path).path());
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws Exception {
    write("one");
    TrackedFile file = new TrackedFile(path, 100, LATER);
    TrackedFile.Contents first = file.read();
    assertSame(first, file.read());
  }

  @Test
  void aChangeThatHidesItsModificationTimeIsSeen() throws Exception {
    write("one");
    FileTime modified = Files.getLastModifiedTime(path);
    TrackedFile file = new TrackedFile(path, 100, LATER);
    file.read();
    write("two");
    Files.setLastModifiedTime(path, modified);
    assertEquals("two", text(file.read()));
  }

  @Test
  void aYoungFileIsReadAgainBecauseItsTimesProveNothing() throws Exception {
    write("one");
    Instant now = Files.getLastModifiedTime(path).toInstant();
    TrackedFile file = new TrackedFile(path, 100, Clock.fixed(now, ZoneOffset.UTC));
    assertEquals(1, file.read().version());
    // Same length, and on a coarse clock the same times.
    write("two");
    TrackedFile.Contents second = file.read();
    assertEquals("two", text(second));
    assertEquals(2, second.version());
  }

  @Test
  void theVersionCountsChangesOfTheBytesOnly() throws Exception {
    write("one");
    TrackedFile file = new TrackedFile(path);
    assertEquals(1, file.read().version());
    write("one");
    assertEquals(1, file.read().version());
    write("two");
    assertEquals(2, file.read().version());
    write("one");
    assertEquals(3, file.read().version());
  }

  @Test
  void aReplacedFileIsSeenEvenWithTheSameSizeAndTimes() throws Exception {
    write("one");
    TrackedFile file = new TrackedFile(path, 100, LATER);
    file.read();
    Path other = directory.resolve("other");
    Files.writeString(other, "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertEquals("two", text(file.read()));
  }

  @Test
  void aLinkThatIsTurnedIsSeen() throws Exception {
    Files.writeString(directory.resolve("a"), "one");
    Files.writeString(directory.resolve("b"), "two");
    Files.createSymbolicLink(path, Path.of("a"));
    TrackedFile file = new TrackedFile(path, 100, LATER);
    assertEquals("one", text(file.read()));
    Files.delete(path);
    Files.createSymbolicLink(path, Path.of("b"));
    assertEquals("two", text(file.read()));
  }

  @Test
  void aMissingFileSaysSo() {
    IOException e = assertThrows(IOException.class, () -> new TrackedFile(path).read());
    assertEquals(path + ": no such file or directory", e.getMessage());
  }

  @Test
  void aFileThatComesBackKeepsItsVersion() throws Exception {
    write("one");
    TrackedFile file = new TrackedFile(path);
    file.read();
    Files.delete(path);
    assertThrows(IOException.class, file::read);
    write("one");
    assertEquals(1, file.read().version());
  }

  @Test
  void aDirectoryIsNotReadAsAFile() {
    IOException e = assertThrows(IOException.class, () -> new TrackedFile(directory).read());
    assertEquals(directory + ": is a directory", e.getMessage());
  }

  @Test
  void aFileAboveTheLimitIsRefused() throws Exception {
    write("1234567890");
    assertEquals(10, new TrackedFile(path, 10).read().bytes().length);
    IOException e = assertThrows(IOException.class, () -> new TrackedFile(path, 9).read());
    assertEquals(path + ": larger than 9 bytes", e.getMessage());
  }

  @Test
  void aLargeBodyFits() throws Exception {
    int bytes = 32 << 20;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(bytes);
    }
    assertEquals(bytes, new TrackedFile(path, bytes).read().bytes().length);
  }

  @Test
  void aFileThatHidesItsSizeIsReadToItsEnd() throws Exception {
    Path hostname = Path.of("/proc/sys/kernel/hostname");
    assertTrue(new TrackedFile(hostname).read().bytes().length > 0);
  }

  @Test
  void messagesQuoteNothingOfTheFile() throws Exception {
    write("hunter2hunter2");
    IOException e = assertThrows(IOException.class, () -> new TrackedFile(path, 4).read());
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      assertTrue(!String.valueOf(cause.getMessage()).contains("hunter"));
    }
  }

  @Test
  void manyThreadsReadOneVersion() throws Exception {
    write("one");
    TrackedFile file = new TrackedFile(path);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<TrackedFile.Contents>> reads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        reads.add(file::read);
      }
      for (Future<TrackedFile.Contents> read : threads.invokeAll(reads)) {
        assertEquals(1, read.get().version());
      }
    } finally {
      threads.shutdownNow();
    }
    assertArrayEquals("one".getBytes(StandardCharsets.UTF_8), file.read().bytes());
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text);
  }

  private static String text(TrackedFile.Contents contents) {
    return new String(contents.bytes(), StandardCharsets.UTF_8);
  }
}
