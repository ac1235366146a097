/** What is shown of probes, to people and to programs alike: words, units, and one JSON. */
@NullMarked
package io.sonde.view;

import org.jspecify.annotations.NullMarked;
