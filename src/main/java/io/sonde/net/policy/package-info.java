/**
 * The target policy: whom probes may contact, judged on the very address of every connection,
 * however it is spelled or wrapped.
 */
@NullMarked
package io.sonde.net.policy;

import org.jspecify.annotations.NullMarked;
