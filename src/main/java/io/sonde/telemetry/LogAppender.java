package io.sonde.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.sonde.exposition.LogSyntax;
import io.sonde.probe.Trail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes records from a thread of its own. Whoever logs only puts the record into a bounded queue:
 * if the queue is full because nobody reads standard error, the record is dropped and counted, and
 * no event loop waits.
 */
final class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  static final String NAME = "stderr";

  /** Key of an {@link Instant}: when it happened, for records that are written later than that. */
  static final String TIME = "time";

  private static final int QUEUED_RECORDS = 8 * 1024;
  private static final int MAX_STACK_CHARS = 16_000;
  private static final int FLUSH_CHARS = 32 * 1024;
  private static final long STOP_MILLIS = 2_000;

  /** How long the writer sleeps at most before it looks for what was left out. */
  private static final long IDLE_SECONDS = 15;

  private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUED_RECORDS);
  private final RecordLimit limit = new RecordLimit(System::nanoTime);
  private final LongAdder dropped = new LongAdder();
  private final OutputStream out;
  private final Thread writer;
  private volatile LogSyntax syntax;
  private volatile boolean stopping;

  LogAppender(LogSyntax syntax, OutputStream out) {
    this.syntax = syntax;
    this.out = out;
    this.writer = new Thread(this::writeRecords, "sonde-log");
    writer.setDaemon(true);
  }

  /** Chooses the form of the records that are written from now on. */
  void syntax(LogSyntax chosen) {
    syntax = chosen;
  }

  /** Number of records that were lost because the queue was full. */
  long droppedRecords() {
    return dropped.sum();
  }

  @Override
  public void start() {
    super.start();
    writer.start();
  }

  /** Waits until what is queued has been written, for at most two seconds. */
  @Override
  public void stop() {
    super.stop();
    stopping = true;
    // Wakes the writer, which may be waiting for a record; one that is writing has its limit below.
    writer.interrupt();
    try {
      writer.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    // Arguments may change once the caller goes on; key-value pairs are immutable by custom.
    event.getFormattedMessage();
    if (limit.admits(event) && !queue.offer(event)) {
      dropped.increment();
    }
  }

  private void writeRecords() {
    StringBuilder text = new StringBuilder(1024);
    ILoggingEvent event = next();
    while (event != null) {
      appendRecord(text, event, syntax);
      ILoggingEvent following = queue.poll();
      if (following == null || text.length() >= FLUSH_CHARS) {
        write(text);
        writeLeftOut(false);
      }
      event = following != null ? following : next();
    }
    writeLeftOut(true);
  }

  /** Tells how many records were not written because there were too many of their kind. */
  private void writeLeftOut(boolean all) {
    StringBuilder text = new StringBuilder();
    for (RecordLimit.LeftOut left : limit.leftOut(all)) {
      List<Object> attributes = List.of("message", left.message(), "count", left.count());
      syntax.append(
          text, Instant.now(), "WARN", simpleName(left.logger()), RecordLimit.MESSAGE, attributes);
    }
    if (!text.isEmpty()) {
      write(text);
    }
  }

  /** The next record, or null once the log is being closed and the queue is empty. */
  private @Nullable ILoggingEvent next() {
    while (true) {
      try {
        ILoggingEvent event = stopping ? queue.poll() : queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        if (event != null || stopping) {
          return event;
        }
        writeLeftOut(false);
      } catch (InterruptedException ignored) {
        // Only stop() does this, after it has said so.
      }
    }
  }

  private void write(StringBuilder text) {
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException ignored) {
      // Nobody is left to be told.
    }
    text.setLength(0);
  }

  static void appendRecord(StringBuilder to, ILoggingEvent event, LogSyntax syntax) {
    List<Object> attributes = new ArrayList<>();
    Instant time = event.getInstant();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        if (pair.value instanceof Instant earlier && pair.key.equals(TIME)) {
          time = earlier;
          continue;
        }
        attributes.add(pair.key);
        attributes.add(String.valueOf(pair.value).equals("null") ? "" : pair.value);
      }
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      attributes.add("stack");
      attributes.add(Trail.cut(ThrowableProxyUtil.asString(thrown), MAX_STACK_CHARS));
    }
    syntax.append(
        to,
        time,
        event.getLevel().toString(),
        simpleName(event.getLoggerName()),
        event.getFormattedMessage(),
        attributes);
  }

  private static String simpleName(String loggerName) {
    return loggerName.substring(loggerName.lastIndexOf('.') + 1);
  }
}
