package io.sonde.probe;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Problem;
import java.util.List;

/**
 * A module together with the prober that was compiled from it at load.
 *
 * @param config the module as loaded
 * @param prober what runs it
 * @param warnings why it cannot work as written, if so
 */
public record BoundModule(ModuleConfig config, Prober prober, List<Problem> warnings) {}
