package io.sonde.config.source;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Places;
import io.sonde.config.Problem;
import io.sonde.config.TargetPolicySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins configuration files to one configuration, and remembers what each of them gave: a text that
 * did not change is not parsed again, and one that does not load can leave what its file gave
 * before in force. For one thread at a time.
 */
public final class Assembly {
  /** A file in which it stands, and that has never loaded, forbids more than is known. */
  private static final String TARGET_POLICY = "target_policy";

  /** Makes a configuration of one text. */
  @FunctionalInterface
  public interface Parser {
    /**
     * Parses.
     *
     * @param name what messages call the text
     */
    Config parse(String name, byte[] text) throws ConfigException;
  }

  /**
   * What is in force of a file.
   *
   * @param whole whether these are all its modules
   */
  private record InForce(String digest, Config config, boolean whole) {}

  private final Parser parser;
  private final boolean keepsLastGood;
  private Map<String, InForce> known = Map.of();

  /**
   * An assembly of nothing.
   *
   * @param keepsLastGood whether a file that does not load leaves the others alone
   */
  public Assembly(Parser parser, boolean keepsLastGood) {
    this.parser = parser;
    this.keepsLastGood = keepsLastGood;
  }

  /**
   * Joins texts.
   *
   * @throws ConfigException if one does not load and that must not be, if none does, or if one that
   *     nothing is known of cannot be read: nobody could tell whom its target policy forbids; what
   *     was in force still is then
   */
  public Assembled join(List<ConfigText> texts) throws ConfigException {
    Attempt attempt = new Attempt(texts);
    texts.forEach(attempt::parse);
    attempt.claimAll();
    ConfigException failure =
        attempt.failures.isEmpty()
            ? null
            : ConfigException.of(List.copyOf(attempt.failures.values()));
    if (failure != null
        && (!keepsLastGood
            || attempt.inForce.isEmpty()
            || texts.stream().anyMatch(this::isSealed))) {
      throw failure;
    }
    known = attempt.inForce;
    return attempt.result(failure);
  }

  /** Whether nobody knows, or knew, what the file says. */
  private boolean isSealed(ConfigText text) {
    return text.failure() != null && !known.containsKey(text.name());
  }

  /** One pass over all texts. */
  private final class Attempt {
    private final List<ConfigText> texts;
    private final Map<String, Config> parsed = new HashMap<>();
    private final Map<String, ConfigException> failures = new LinkedHashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, InForce> inForce = new LinkedHashMap<>();

    Attempt(List<ConfigText> texts) {
      this.texts = texts;
    }

    void parse(ConfigText text) {
      ConfigException failure = text.failure();
      if (failure != null) {
        failures.put(text.name(), failure);
      } else if (!isUnchanged(text)) {
        try {
          parsed.put(text.name(), parser.parse(text.name(), text.bytes()));
        } catch (ConfigException e) {
          failures.put(text.name(), e);
        }
      }
    }

    private boolean isUnchanged(ConfigText text) {
      InForce before = known.get(text.name());
      return before != null && before.whole && before.digest.equals(text.digest());
    }

    /** What did not change has its names first, so that a new file cannot take them away. */
    void claimAll() {
      if (keepsLastGood) {
        texts.stream().filter(text -> !parsed.containsKey(text.name())).forEach(this::claimOld);
      }
      for (ConfigText text : texts) {
        Config config = parsed.get(text.name());
        InForce before = known.get(text.name());
        if (config != null) {
          claimNew(text, new InForce(text.digest(), config, true));
        } else if (!keepsLastGood && before != null && !failures.containsKey(text.name())) {
          claimNew(text, before);
        }
      }
    }

    private void claimOld(ConfigText text) {
      InForce before = known.get(text.name());
      if (before != null) {
        claim(text, before);
      }
    }

    private void claimNew(ConfigText text, InForce file) {
      List<Problem> twice = twice(text, file.config);
      if (twice.isEmpty()) {
        claim(text, file);
        return;
      }
      failures.put(text.name(), ConfigException.ofProblems(twice));
      if (keepsLastGood) {
        claimOld(text);
      }
    }

    /** Takes the modules whose names are free; they all are, unless a file is not in force. */
    private void claim(ConfigText text, InForce file) {
      Map<String, ModuleConfig> modules = new LinkedHashMap<>(file.config.modules());
      modules.keySet().removeIf(name -> owners.putIfAbsent(name, text.name()) != null);
      inForce.put(
          text.name(),
          modules.size() == file.config.modules().size()
              ? file
              : new InForce(file.digest, file.config.withModules(modules), false));
    }

    private List<Problem> twice(ConfigText text, Config config) {
      List<Problem> problems = new ArrayList<>();
      for (String module : config.modules().keySet()) {
        String owner = owners.get(module);
        if (owner != null) {
          String message =
              "module \"" + module + "\" is already defined in " + place(owner, module);
          problems.add(placed(text, module, message));
        }
      }
      return problems;
    }

    private String place(String file, String module) {
      for (ConfigText text : texts) {
        if (text.name().equals(file) && failures.get(file) == null) {
          return placed(text, module, "").place();
        }
      }
      return file;
    }

    private Problem placed(ConfigText text, String module, String message) {
      Problem problem =
          new Problem(
              text.name(),
              0,
              0,
              module,
              "modules." + module,
              Problem.Severity.ERROR,
              message,
              "a name can be given once in all files");
      return Places.placed(text.name(), text.bytes(), List.of(problem)).get(0);
    }

    Assembled result(@Nullable ConfigException failure) {
      Map<String, ModuleConfig> modules = new LinkedHashMap<>();
      List<Problem> warnings = new ArrayList<>();
      List<String> absent = new ArrayList<>();
      List<TargetPolicySpec> policies = new ArrayList<>();
      List<String> digests = new ArrayList<>();
      List<Assembled.Fresh> fresh = new ArrayList<>();
      Map<String, Boolean> files = new LinkedHashMap<>();
      for (ConfigText text : texts) {
        InForce file = inForce.get(text.name());
        files.put(text.name(), !failures.containsKey(text.name()));
        if (file == null) {
          absent.add(text.name());
          if (text.mentions(TARGET_POLICY)) {
            policies.add(TargetPolicySpec.NOBODY);
          }
          continue;
        }
        modules.putAll(file.config.modules());
        policies.addAll(file.config.targetPolicies());
        digests.add(file.digest);
        if (parsed.containsKey(text.name()) && !failures.containsKey(text.name())) {
          fresh.add(new Assembled.Fresh(text, file.config.modules().keySet()));
          warnings.addAll(file.config.warnings());
        }
      }
      String hash = HexFormat.of().formatHex(Digest.ofAll(digests));
      return new Assembled(
          new Config(modules, policies, warnings, absent), hash, files, fresh, failure);
    }
  }
}
