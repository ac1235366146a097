package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The map of all modules. */
final class ModulesKind extends Kind<Map<String, ModuleConfig>> {
  private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  ModulesKind() {
    super("map of module", "map[string]config.Module");
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return in.map(ModuleBlock.BLOCK);
  }

  @Override
  @Nullable Map<String, ModuleConfig> read(YamlNode node, Reading in) {
    if (Scalar.isNull(node)) {
      return null;
    }
    if (!node.isMapping()) {
      return misfit(node, in);
    }
    Map<String, ModuleConfig> modules = new LinkedHashMap<>();
    for (YamlNode.Entry entry : in.entries(node)) {
      String name = entry.key().text();
      in.enter(SIMPLE_NAME.matcher(name).matches() ? name : "[\"" + name + "\"]", entry.key());
      in.enterModule(name);
      modules.put(name, module(name, entry, in));
      in.leaveModule();
      in.leave();
    }
    return modules;
  }

  private static ModuleConfig module(String name, YamlNode.Entry entry, Reading in) {
    int warnings = in.problems().warningCount();
    ModuleConfig read = ModuleBlock.BLOCK.read(entry.value(), in);
    if (read == null) {
      if (Scalar.isNull(entry.value())) {
        in.unusable(entry.key(), "the module has no prober");
      }
      return ModuleConfig.empty(name);
    }
    ProberKind used = read.prober();
    String path = in.path();
    if (used != null && in.problems().warningCount() > warnings) {
      in.problems().keepWarnings(warnings, problem -> concerns(problem.path(), path, used));
    }
    return read.named(name, in.secrets());
  }

  /** Whether a warning is about the module itself or about the block of its prober. */
  private static boolean concerns(String problem, String module, ProberKind used) {
    for (ProberKind kind : ProberKind.values()) {
      if (kind != used && problem.startsWith(module + "." + kind.word() + ".")) {
        return false;
      }
    }
    return true;
  }
}
