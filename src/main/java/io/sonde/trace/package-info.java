/**
 * Traces of probes: which trace a probe belongs to, and its spans for whoever collects them by
 * OTLP. What knows OpenTelemetry is loaded only if the environment asks for it.
 */
@NullMarked
package io.sonde.trace;

import org.jspecify.annotations.NullMarked;
