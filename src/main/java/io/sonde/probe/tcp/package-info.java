/**
 * Probes of services behind TCP ports and unix sockets: whether a connection comes about, with
 * whom, and what is said on it.
 */
@NullMarked
package io.sonde.probe.tcp;

import org.jspecify.annotations.NullMarked;
