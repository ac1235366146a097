/** The icmp prober: one echo request and its reply. */
@NullMarked
package io.sonde.probe.icmp;

import org.jspecify.annotations.NullMarked;
