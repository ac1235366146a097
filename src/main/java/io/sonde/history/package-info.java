/**
 * What past probes found, for as long as memory allows: results are kept, text is made on reading.
 */
@NullMarked
package io.sonde.history;

import org.jspecify.annotations.NullMarked;
