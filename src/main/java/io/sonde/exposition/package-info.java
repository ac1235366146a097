/**
 * Turns frozen results into text: the metrics formats of Prometheus, the debug page, log lines. It
 * never asks who measured.
 */
@NullMarked
package io.sonde.exposition;

import org.jspecify.annotations.NullMarked;
