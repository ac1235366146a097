/**
 * ICMP echo: requests sent and replies told apart, over sockets that all probes of an event loop
 * share.
 */
@NullMarked
package io.sonde.net.icmp;

import org.jspecify.annotations.NullMarked;
