/** TCP connections from a run to a peer: one address, one attempt, owned from the first moment. */
@NullMarked
package io.sonde.net.connect;

import org.jspecify.annotations.NullMarked;
