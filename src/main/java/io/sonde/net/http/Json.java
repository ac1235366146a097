package io.sonde.net.http;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON text (RFC 8259) of a peer as a tree of List, Map, String, Double and Boolean. Strict, and
 * bounded in depth and in the number of values, so that a few megabytes cannot become a gigabyte of
 * objects. Of equal names in one object the last one counts.
 */
public final class Json {
  /** Deeper texts are refused. */
  static final int MAX_DEPTH = 1_000;

  /** Texts of more values, names included, are refused. */
  static final int MAX_VALUES = 1_000_000;

  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

  private final JsonReader in;
  private final Object nullValue;
  private int values;

  /** A text that is no JSON, or too much of it. Quotes nothing of the text. */
  public static final class BadJsonException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean tooMuch;

    private BadJsonException(String message, boolean tooMuch) {
      super(message);
      this.tooMuch = tooMuch;
    }

    /** Whether the text may be right, and only is beyond a limit. */
    public boolean tooMuch() {
      return tooMuch;
    }
  }

  private Json(JsonReader in, Object nullValue) {
    this.in = in;
    this.nullValue = nullValue;
  }

  /**
   * The one value that the text consists of.
   *
   * @param utf8 bytes that are not UTF-8 count as U+FFFD
   * @param nullValue stands for null in the tree
   * @throws BadJsonException if the text is not exactly one value
   */
  public static Object parse(byte[] utf8, Object nullValue) throws BadJsonException {
    if (utf8.length >= 3 && utf8[0] == (byte) 0xef && utf8[1] == (byte) 0xbb) {
      throw new BadJsonException("malformed JSON at line 1 column 1", false); // A byte order mark.
    }
    JsonReader reader =
        new JsonReader(
            new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    try {
      Json json = new Json(reader, nullValue);
      Object value = json.value();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new BadJsonException("something follows the JSON value", false);
      }
      return value;
    } catch (EOFException ignored) {
      throw new BadJsonException("unexpected end of JSON input", false);
    } catch (MalformedJsonException | NumberFormatException | IllegalStateException e) {
      throw malformed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private Object value() throws IOException, BadJsonException {
    values++;
    if (values > MAX_VALUES) {
      throw new BadJsonException("JSON of more than " + MAX_VALUES + " values", true);
    }
    return switch (in.peek()) {
      case BEGIN_ARRAY -> array();
      case BEGIN_OBJECT -> object();
      case STRING -> in.nextString();
      case NUMBER -> in.nextDouble();
      case BOOLEAN -> in.nextBoolean();
      default -> {
        in.nextNull();
        yield nullValue;
      }
    };
  }

  private List<Object> array() throws IOException, BadJsonException {
    ArrayList<Object> list = new ArrayList<>(0);
    in.beginArray();
    while (in.hasNext()) {
      list.add(value());
    }
    in.endArray();
    return list;
  }

  private Map<String, Object> object() throws IOException, BadJsonException {
    Map<String, Object> map = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      values++;
      String name = in.nextName();
      map.put(name, value());
    }
    in.endObject();
    return map;
  }

  private static BadJsonException malformed(String message) {
    if (message.startsWith("Nesting limit")) {
      return new BadJsonException("JSON nested more than " + MAX_DEPTH + " deep", true);
    }
    Matcher place = PLACE.matcher(message);
    String where = place.find() ? " at line " + place.group(1) + " column " + place.group(2) : "";
    return new BadJsonException("malformed JSON" + where, false);
  }
}
