/**
 * Proxies: which requests need none, and how a proxy is asked for a connection to somewhere else
 * (HTTP CONNECT, SOCKS 5).
 */
@NullMarked
package io.sonde.net.proxy;

import org.jspecify.annotations.NullMarked;
