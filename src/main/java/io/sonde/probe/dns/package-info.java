/**
 * Probes of name servers: what they answer, how fast, and whether the records are as they should.
 */
@NullMarked
package io.sonde.probe.dns;

import org.jspecify.annotations.NullMarked;
