/** Reads, checks, freezes and prints the configuration; plain data that knows nothing of Netty. */
@NullMarked
package io.sonde.config;

import org.jspecify.annotations.NullMarked;
