package io.sonde.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads configuration files: all of a file or, with all that is wrong in it, nothing.
 *
 * <p>It blocks on the file, and compiles regular expressions; it belongs on no event loop.
 */
public final class ConfigLoader {
  /** More than any configuration that somebody wrote or generated. */
  static final int MAX_BYTES = 64 << 20;

  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ConfigLoader() {}

  /**
   * The bytes of a configuration file.
   *
   * @throws ConfigException if it cannot be read
   */
  public static byte[] read(Path file) throws ConfigException {
    try {
      return isPipe(file) ? FileBytes.readOpen(file, MAX_BYTES) : FileBytes.read(file, MAX_BYTES);
    } catch (NoSuchFileException ignored) {
      throw unreadable(file, "open " + file + ": no such file or directory");
    } catch (AccessDeniedException ignored) {
      throw unreadable(file, "open " + file + ": permission denied");
    } catch (IOException failure) {
      String reason = failure.getMessage() == null ? "input/output error" : failure.getMessage();
      String verb = Files.isDirectory(file) ? "read " : "open ";
      throw unreadable(file, verb + file + ": " + lowerCaseFirst(reason));
    }
  }

  /** Whether somebody gave a pipe to the process, as a shell does for {@code <(command)}. */
  private static boolean isPipe(Path file) {
    return file.equals(STANDARD_INPUT)
        || file.startsWith("/dev/fd")
        || file.startsWith("/proc/self/fd");
  }

  private static String lowerCaseFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static ConfigException unreadable(Path file, String reason) {
    String message =
        "failed to generate initial checksum for configuration file: error reading YAML file: "
            + reason;
    Problem problem =
        new Problem(file.toString(), 0, 0, "", "", Problem.Severity.ERROR, reason, "");
    return new ConfigException(message, List.of(problem));
  }

  /**
   * Loads a configuration file.
   *
   * @throws ConfigException if it cannot be read or has any error; it tells all of them
   */
  public static Config load(Path file) throws ConfigException {
    return parse(file.toString(), read(file));
  }

  /**
   * Loads what stands in a configuration file.
   *
   * @param file its name, for messages
   * @throws ConfigException if it has any error; it tells all of them
   */
  public static Config parse(String file, byte[] content) throws ConfigException {
    return parse(file, content, LoadRules.USUAL);
  }

  /**
   * Loads what stands in a configuration file.
   *
   * @param file its name, for messages
   * @throws ConfigException if it has any error; it tells all of them
   */
  public static Config parse(String file, byte[] content, LoadRules rules) throws ConfigException {
    Problems problems = new Problems();
    YamlNode root = compose(file, content, problems);
    problems.throwIfAny();
    if (root == null) {
      throw new ConfigException(
          "error parsing config file: EOF",
          List.of(
              new Problem(file, 0, 0, "", "", Problem.Severity.ERROR, "EOF", "the file is empty")));
    }
    Reading in = new Reading(file, problems, rules);
    Config config = ConfigBlock.BLOCK.read(root, in);
    problems.throwIfAny();
    return config == null ? new Config(Map.of(), problems.warnings()) : config;
  }

  /** The nodes of a file; null, and a problem more, if it is empty or not YAML. */
  static @Nullable YamlNode compose(String file, byte[] content, Problems problems) {
    try {
      return YamlComposer.compose(decode(content));
    } catch (YamlSyntaxException failure) {
      String line = failure.line() == 0 ? "" : "line " + failure.line() + ": ";
      problems.add(
          new Problem(
              file,
              failure.line(),
              failure.column(),
              "",
              "",
              Problem.Severity.ERROR,
              "yaml: " + line + failure.getMessage(),
              ""));
      return null;
    }
  }

  private static String decode(byte[] content) throws YamlSyntaxException {
    try {
      Charset charset = charset(content);
      String text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
      return marked ? text.substring(1) : text;
    } catch (CharacterCodingException ignored) {
      throw new YamlSyntaxException("the text is not UTF-8", 0, 0);
    }
  }

  private static Charset charset(byte[] content) {
    int mark = content.length < 2 ? 0 : ((content[0] & 0xff) << 8) | (content[1] & 0xff);
    return switch (mark) {
      case 0xfeff -> StandardCharsets.UTF_16BE;
      case 0xfffe -> StandardCharsets.UTF_16LE;
      default -> StandardCharsets.UTF_8;
    };
  }
}
