/** Probes of plain TCP and TLS services: whether a connection comes about, and with whom. */
@NullMarked
package io.sonde.probe.tcp;

import org.jspecify.annotations.NullMarked;
