/**
 * The vocabulary of probing: what is asked, the run that is confined to one event loop, what it
 * saw, and how it ended. Knows configuration, but no protocol and no exposition format.
 */
@NullMarked
package io.sonde.probe;

import org.jspecify.annotations.NullMarked;
