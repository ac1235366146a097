package io.sonde.page;

import io.sonde.config.ConfigPrinter;
import io.sonde.config.Durations;
import io.sonde.config.Problem;
import io.sonde.probe.BoundModule;
import io.sonde.server.QueryString;
import java.util.Collection;
import java.util.Locale;

/** {@code /modules}: the modules in force, and each of them with its secrets masked. */
final class ModulesPage implements Page {
  private static final int MOST_MODULES = 500;
  private static final int MOST_TEXT = 128 * 1024;
  private static final int MOST_PROBLEMS = 50;

  private final PageSources sources;

  ModulesPage(PageSources sources) {
    this.sources = sources;
  }

  @Override
  public Content content(QueryString query, String rest) {
    String name = query.firstOrEmpty("module");
    if (name.isEmpty()) {
      Collection<BoundModule> modules = sources.reloader().table().modules().values();
      return Content.of("Modules", Place.MODULES, html -> writeAll(html, modules));
    }
    BoundModule module = sources.reloader().table().find(name);
    return module == null
        ? Content.problem(404, "No such module", "It is not in the configuration, or not any more.")
        : Content.of(Texts.cut(name), Place.MODULES, html -> write(html, module));
  }

  private static void writeAll(Html html, Collection<BoundModule> modules) {
    html.leaf(Tag.H1, "Modules").open(Tag.SECTION).open(Tag.TABLE, Look.NARROWING);
    html.leaf(Tag.CAPTION, Look.HIDDEN, "The modules in force, in the order of the configuration");
    Tables.head(html, "Module", "Prober", "Time limit", "Passed", "Failed", "Problems");
    html.open(Tag.TBODY);
    modules.stream().limit(MOST_MODULES).forEach(module -> writeRow(html, module));
    html.close().close().close();
    if (modules.size() > MOST_MODULES) {
      html.open(Tag.P, Look.FAINT)
          .text("and " + (modules.size() - MOST_MODULES) + " more: see the ");
      html.open(Tag.A).href(Link.to("config")).text("configuration").close().close();
    }
  }

  private static void writeRow(Html html, BoundModule module) {
    String name = module.config().name();
    html.open(Tag.TR);
    Tables.rowHead(html).open(Tag.A).href(Link.to("modules").with("module", name));
    html.foreign(Texts.cut(name)).close().close();
    html.leaf(Tag.TD, module.proberWord());
    html.leaf(Tag.TD, Look.NUMBER, limit(module));
    html.leaf(Tag.TD, Look.NUMBER, count(module.counts().passed()));
    html.leaf(Tag.TD, Look.NUMBER, count(module.counts().failed()));
    int problems = module.warnings().size();
    html.leaf(Tag.TD, problems == 0 ? Look.PLAIN : Look.WARN, problems == 0 ? "" : "cannot work");
    html.close();
  }

  private static String limit(BoundModule module) {
    return module.config().timeout().isZero()
        ? "the scrape's"
        : Durations.format(module.config().timeout());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static void write(Html html, BoundModule module) {
    String name = module.config().name();
    html.open(Tag.H1).text("Module ").foreign(name).close();
    html.open(Tag.DL, Look.FACTS);
    Tables.fact(html, "Prober", module.proberWord());
    Tables.fact(html, "Time limit", limit(module));
    Tables.fact(html, "Passed", count(module.counts().passed()));
    Tables.fact(html, "Failed", count(module.counts().failed()));
    html.close();
    html.open(Tag.NAV, Look.LINKS).set(Attribute.ARIA_LABEL, "About this module");
    html.open(Tag.A).href(Place.TRY_IT.link().with("module", name)).text("Try it").close();
    html.open(Tag.A).href(Link.HOME.with("module", name)).text("Its targets").close().close();
    if (!module.warnings().isEmpty()) {
      html.open(Tag.SECTION).leaf(Tag.H2, Look.WARN, "It cannot work as written").open(Tag.UL);
      for (Problem problem :
          module.warnings().subList(0, Math.min(MOST_PROBLEMS, module.warnings().size()))) {
        html.open(Tag.LI).foreign(problem.toString()).close();
      }
      html.close().close();
    }
    html.open(Tag.SECTION).leaf(Tag.H2, "Configuration").open(Tag.PRE);
    html.lines(Texts.cut(ConfigPrinter.print(module.config()), MOST_TEXT)).close().close();
  }
}
