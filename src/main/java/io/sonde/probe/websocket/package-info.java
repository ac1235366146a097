/**
 * Probes of WebSocket servers (RFC 6455): whether they agree to the upgrade, and what they say
 * then.
 */
@NullMarked
package io.sonde.probe.websocket;

import org.jspecify.annotations.NullMarked;
