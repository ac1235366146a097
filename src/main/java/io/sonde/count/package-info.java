/**
 * Counting that costs a probe a few additions: cells that event loops add to and a scrape of the
 * daemon's own metrics reads. Knows no library of metrics.
 */
@NullMarked
package io.sonde.count;

import org.jspecify.annotations.NullMarked;
