/**
 * What tests are made of: peers that follow a script, event loops that remember what was opened on
 * them, virtual time, and the contract that every prober inherits.
 */
@NullMarked
package io.sonde.testkit;

import org.jspecify.annotations.NullMarked;
