/** The command line: its words, their meaning, and what is wrong with them. */
@NullMarked
package io.sonde.cli;

import org.jspecify.annotations.NullMarked;
