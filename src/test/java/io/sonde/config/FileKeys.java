package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every key of the schema that names a file, each with a module that has it and works but for that
 * file: found by walking the blocks, so that none can be forgotten.
 */
public final class FileKeys {
  private static final Map<String, Block<?>> BLOCKS =
      DocumentationTest.blocks().stream()
          .collect(Collectors.toMap(Block::label, Function.identity()));

  private final String good;
  private final List<FileKey> found = new ArrayList<>();

  /**
   * A key that names a file.
   *
   * @param path as problems tell it
   * @param prober whose block it is in
   * @param before the text of a configuration up to the name, which is in double quotes
   * @param after the rest of that text
   */
  public record FileKey(String path, ProberKind prober, String before, String after) {
    /** A configuration whose module {@code m} names that file. */
    public String naming(String file) {
      return before + '"' + file + '"' + after;
    }

    @Override
    public String toString() {
      return path;
    }
  }

  private FileKeys(String good) {
    this.good = good;
  }

  /**
   * All of them.
   *
   * @param good a file that can be read, for keys that need another one
   */
  public static List<FileKey> all(String good) {
    FileKeys keys = new FileKeys(good);
    for (ProberKind prober : ProberKind.values()) {
      Block<?> block = BLOCKS.get(prober.word());
      if (block != null) {
        String before = "modules: {m: {prober: " + prober.word() + ", " + prober.word() + ": {";
        keys.walk(block, prober, prober.word(), before + extras(prober), "}}}");
      }
    }
    return keys.found;
  }

  private static String extras(ProberKind prober) {
    return switch (prober) {
      case TCP, UNIX, GRPC -> "tls: true, ";
      case DNS -> "query_name: example.com, dns_over_tls: true, transport_protocol: tcp, ";
      default -> "";
    };
  }

  private void walk(Block<?> block, ProberKind prober, String path, String before, String after) {
    for (Key<?> key : block.keys()) {
      String label = key.kind().label();
      String here = path + '.' + key.name();
      String begin = before + siblings(block, key) + key.name() + ": ";
      switch (label) {
        case "file" -> add(here, prober, begin, after);
        case "list of file" -> add(here + "[0]", prober, begin + '[', ']' + after);
        case "map of list of file" ->
            add(here + ".X-Test[0]", prober, begin + "{X-Test: [", "]}" + after);
        default -> descend(label, prober, here, begin, after);
      }
    }
  }

  private void descend(String label, ProberKind prober, String path, String begin, String after) {
    Block<?> block = BLOCKS.get(label.replaceFirst("^(list|map) of ", ""));
    if (block == null) {
      return;
    }
    if (label.startsWith("map of ")) {
      walk(block, prober, path + ".X-Test", begin + "{X-Test: {", "}}" + after);
    } else if (label.startsWith("list of ")) {
      walk(block, prober, path + "[0]", begin + "[{", "}]" + after);
    } else {
      walk(block, prober, path, begin + '{', '}' + after);
    }
  }

  private void add(String path, ProberKind prober, String before, String after) {
    found.add(new FileKey("modules.m." + path, prober, before, after));
  }

  /** What a block has to have beside a key. */
  private String siblings(Block<?> block, Key<?> key) {
    String needed =
        block == OAuth2Block.BLOCK ? "client_id: a, token_url: \"http://127.0.0.1:1/\", " : "";
    return needed
        + switch (key.name()) {
          case "cert_file" -> "key_file: \"" + good + "\", ";
          case "key_file" -> "cert_file: \"" + good + "\", ";
          case "key_password_file" -> "cert_file: \"%1$s\", key_file: \"%1$s\", ".formatted(good);
          case "proxy_connect_header_file" -> "proxy_url: \"http://127.0.0.1:1\", ";
          case "client_certificate_key_file" -> "grant_type: " + OAuth2Spec.JWT_BEARER + ", ";
          default -> "";
        };
  }
}
