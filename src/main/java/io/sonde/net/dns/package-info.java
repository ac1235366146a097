/**
 * Names to addresses: strict literals, the hosts file, and a stub resolver that remembers nothing.
 */
@NullMarked
package io.sonde.net.dns;

import org.jspecify.annotations.NullMarked;
