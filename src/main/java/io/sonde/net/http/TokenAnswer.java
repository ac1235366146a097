package io.sonde.net.http;

import io.sonde.config.Redaction;
import io.sonde.net.file.SearchWork;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint answered (RFC 6749, section 5): a token, or why there is none. Messages
 * never hold what might be a token; of what the endpoint says in words they hold a short piece,
 * without the secrets that were sent to it.
 *
 * @param contentType as sent; empty if there is none
 * @param body at most {@link TokenBody#MAX_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; read by nobody else.
record TokenAnswer(int status, String contentType, String contentEncoding, byte[] body) {
  private static final int MAX_DESCRIPTION_CHARS = 200;
  private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_.:/-]{1,80}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");

  /** How the fields of a token are told. */
  private interface Fields {
    /** A text field, empty if it is not there. */
    String text(String name);

    /** Fails if the field, if there is one, is no whole number, nor one written as text. */
    void checkSeconds(String name, boolean mayBeText);
  }

  /**
   * The value of {@code Authorization} that the answer stands for, read as an answer to client
   * credentials: JSON or a form, which must hold a token. Not yet checked to be a header's value.
   *
   * @param secrets what must not be quoted
   * @throws ProbeFailure of phase auth, if there is no token in it
   */
  String grantedToClient(Redaction secrets) {
    String error = "";
    Fields fields = null;
    ProbeFailure unreadable = null;
    try {
      fields = isForm() ? form() : json();
      error = fields.text("error");
    } catch (ProbeFailure e) {
      unreadable = e;
    }
    if (!isSuccess() || !error.isEmpty()) {
      throw refused(error, fields == null ? "" : fields.text("error_description"), secrets);
    }
    if (fields == null) {
      throw unreadable == null ? failure("nothing") : unreadable;
    }
    fields.checkSeconds("expires_in", true);
    String token = fields.text("access_token");
    if (token.isEmpty()) {
      throw failure("the answer holds no access_token");
    }
    return authorization(fields.text("token_type"), token);
  }

  /** The same of an answer to a signed assertion, which is JSON, and whose word is taken for it. */
  String grantedToBearer(Redaction secrets) {
    if (!isSuccess()) {
      String error = "";
      String description = "";
      try {
        Fields fields = json();
        error = fields.text("error");
        description = fields.text("error_description");
      } catch (ProbeFailure ignored) {
        // Then the status says it all.
      }
      throw refused(error, description, secrets);
    }
    Fields fields = json();
    fields.checkSeconds("expires_in", false);
    return authorization(fields.text("token_type"), fields.text("access_token"));
  }

  private static String authorization(String type, String token) {
    String shown =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "", "bearer" -> "Bearer";
          case "mac" -> "MAC";
          case "basic" -> "Basic";
          default -> type;
        };
    return shown + ' ' + token;
  }

  private boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  private boolean isForm() {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().equalsIgnoreCase("application/x-www-form-urlencoded")
        || type.strip().equalsIgnoreCase("text/plain");
  }

  private Fields form() {
    Map<String, String> fields;
    try {
      fields = FormFields.decode(new String(decoded(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException ignored) {
      throw failure("the answer is no form");
    }
    return new Fields() {
      @Override
      public String text(String name) {
        return fields.getOrDefault(name, "");
      }

      @Override
      public void checkSeconds(String name, boolean mayBeText) {}
    };
  }

  private Fields json() {
    Object nothing = new Object();
    Object tree;
    try {
      tree = Json.parse(decoded(), nothing);
    } catch (Json.BadJsonException e) {
      throw failure("the answer is no JSON: " + e.getMessage());
    }
    if (tree instanceof Map<?, ?> map) {
      return new JsonFields(map, nothing);
    }
    if (tree == nothing) {
      return new JsonFields(Map.of(), nothing);
    }
    throw failure("the answer is no JSON object");
  }

  private record JsonFields(Map<?, ?> map, Object nothing) implements Fields {
    @Override
    public String text(String name) {
      Object value = value(name);
      if (value == null || value instanceof String) {
        return value == null ? "" : (String) value;
      }
      throw failure(name + " is no text");
    }

    @Override
    public void checkSeconds(String name, boolean mayBeText) {
      Object value = value(name);
      boolean whole =
          value == null
              || (value instanceof Double number && number == Math.rint(number))
              || (mayBeText && value instanceof String text && text.matches("-?[0-9]{1,18}"));
      if (!whole) {
        throw failure(name + " is no whole number");
      }
    }

    /** Names are compared without case; the last one counts. */
    private @Nullable Object value(String name) {
      Object found = null;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (name.equalsIgnoreCase((String) entry.getKey()) && entry.getValue() != nothing) {
          found = entry.getValue();
        }
      }
      return found;
    }
  }

  /** Whether reading it may take longer than an event loop should be kept. */
  boolean mayTakeLong() {
    return isGzip() || body.length > SearchWork.LARGE_BYTES;
  }

  /** Some bytes of gzip may be many of JSON. */
  private boolean isGzip() {
    return contentEncoding.strip().equalsIgnoreCase("gzip");
  }

  private byte[] decoded() {
    if (!isGzip()) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(TokenBody.MAX_BYTES);
    } catch (IOException ignored) {
      throw failure("the answer is no gzip");
    }
  }

  private ProbeFailure refused(String error, String description, Redaction secrets) {
    StringBuilder message = new StringBuilder("the answer is status ").append(status);
    if (ERROR_CODE.matcher(error).matches()) {
      message.append(", error ").append(quotable(error, secrets));
    }
    if (!description.isEmpty()) {
      message.append(": ").append(quotable(description, secrets));
    }
    return failure(message.toString());
  }

  private static String quotable(String text, Redaction secrets) {
    String shown = UNPRINTABLE.matcher(secrets.hide(text)).replaceAll(" ");
    return shown.length() > MAX_DESCRIPTION_CHARS
        ? shown.substring(0, MAX_DESCRIPTION_CHARS) + "..."
        : shown;
  }

  private static ProbeFailure failure(String message) {
    return new ProbeFailure(Phase.AUTH, Reason.AUTH, message);
  }

  /** Not the body, which may hold a token. */
  @Override
  public String toString() {
    return "status " + status;
  }
}
