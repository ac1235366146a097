/**
 * TLS as a client: compiled contexts, the handshake as one step of a probe, verification of the
 * peer's chain, and the facts about it that metrics and pages show.
 */
@NullMarked
package io.sonde.net.tls;

import org.jspecify.annotations.NullMarked;
