package io.sonde.probe;

import java.util.List;

/**
 * One series of a probe's answer.
 *
 * @param metric the family
 * @param labelNames the names of its labels; usually {@link Metric#labelNames()}
 * @param labelValues their values, in the same order
 * @param value the value; all probe metrics are gauges
 */
public record Sample(
    Metric metric, List<String> labelNames, List<String> labelValues, double value) {}
