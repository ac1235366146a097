/**
 * What past probes found, for as long as memory allows: results are kept, text is made on reading.
 * Bounded in entries and in bytes, whatever peers send.
 */
@NullMarked
package io.sonde.history;

import org.jspecify.annotations.NullMarked;
