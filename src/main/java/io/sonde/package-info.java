/** The daemon's entry: flags, configuration, server, signals. */
@NullMarked
package io.sonde;

import org.jspecify.annotations.NullMarked;
