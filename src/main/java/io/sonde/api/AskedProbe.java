package io.sonde.api;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.sonde.api.RefusedException.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A probe as a request's body asks for it: one flat JSON object. Read strictly: names are known and
 * stand there once.
 */
final class AskedProbe {
  static final String DEFAULT_MODULE = "http_2xx";

  /** Longer than any scrape; a caller must not hold a probe for ever. */
  static final int MOST_SECONDS = 600;

  private static final String KEYS = "one of module, target, hostname, timeout";
  private static final int DEEPEST = 8;

  private String module = DEFAULT_MODULE;
  private String target = "";
  private String hostname = "";
  private double seconds;

  private final List<Fault> faults = new ArrayList<>();

  private AskedProbe() {}

  /**
   * Reads a body.
   *
   * @throws RefusedException if it is not such an object; all that is wrong with its keys is told
   */
  static AskedProbe read(byte[] body) throws RefusedException {
    AskedProbe asked = new AskedProbe();
    JsonReader reader = new JsonReader(new StringReader(utf8(body)));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    try {
      asked.readObject(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw wrong("one JSON object", "more than one");
      }
    } catch (EOFException ignored) {
      throw wrong("one JSON object", body.length == 0 ? "nothing" : "a part of one");
    } catch (MalformedJsonException | NumberFormatException | IllegalStateException e) {
      boolean deep = String.valueOf(e.getMessage()).startsWith("Nesting limit");
      String what = deep ? "JSON nested more than " + DEEPEST + " deep" : "malformed JSON";
      throw wrong("one JSON object", what + " at " + Shown.quoted(reader.getPath()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
    if (asked.target.isEmpty() && asked.faults.isEmpty()) {
      asked.faults.add(new Fault("target", "what to probe", "none"));
    }
    if (!asked.faults.isEmpty()) {
      throw RefusedException.of(400, asked.faults);
    }
    return asked;
  }

  private static String utf8(byte[] body) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException ignored) {
      throw wrong("UTF-8", "other bytes");
    }
  }

  private static RefusedException wrong(String expected, String got) {
    return RefusedException.of(400, "body", expected, got);
  }

  private void readObject(JsonReader reader) throws IOException, RefusedException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw wrong("one JSON object", word(reader.peek()));
    }
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      if (faults.size() >= RefusedException.MOST_FAULTS) {
        throw RefusedException.of(400, faults);
      }
      String key = reader.nextName();
      if (!seen.add(key)) {
        faults.add(new Fault(Shown.quoted(key), "a key only once", "the same key again"));
        reader.skipValue();
      } else {
        readValue(reader, key);
      }
    }
    reader.endObject();
  }

  private void readValue(JsonReader reader, String key) throws IOException {
    switch (key) {
      case "module" -> {
        String name = text(reader, key);
        module = name.isEmpty() ? DEFAULT_MODULE : name;
      }
      case "target" -> target = text(reader, key);
      case "hostname" -> hostname = text(reader, key);
      case "timeout" -> seconds = seconds(reader);
      default -> {
        faults.add(new Fault("body", KEYS, Shown.quoted(key)));
        reader.skipValue();
      }
    }
  }

  private String text(JsonReader reader, String key) throws IOException {
    if (reader.peek() == JsonToken.STRING) {
      String text = reader.nextString();
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        faults.add(new Fault(key, "whole characters", "half of a surrogate pair"));
      }
      return text;
    }
    faults.add(new Fault(key, "a string", word(reader.peek())));
    reader.skipValue();
    return "";
  }

  private double seconds(JsonReader reader) throws IOException {
    String expected = "a number of seconds above 0, at most " + MOST_SECONDS;
    if (reader.peek() != JsonToken.NUMBER) {
      faults.add(new Fault("timeout", expected, word(reader.peek())));
      reader.skipValue();
      return 0;
    }
    double number = reader.nextDouble();
    if (!(number > 0 && number <= MOST_SECONDS)) {
      faults.add(new Fault("timeout", expected, String.valueOf(number)));
    }
    return number;
  }

  private static String word(JsonToken token) {
    return switch (token) {
      case BEGIN_ARRAY -> "an array";
      case BEGIN_OBJECT -> "an object";
      case END_DOCUMENT -> "nothing";
      default -> "a " + token.name().toLowerCase(Locale.ROOT);
    };
  }

  String module() {
    return module;
  }

  String target() {
    return target;
  }

  /** Empty if none. */
  String hostname() {
    return hostname;
  }

  /** How long the caller will wait; 0 if it does not say. */
  double seconds() {
    return seconds;
  }
}
