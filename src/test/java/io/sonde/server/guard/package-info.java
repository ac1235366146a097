/** Claims about what stands between strangers and the endpoints. */
@NullMarked
package io.sonde.server.guard;

import org.jspecify.annotations.NullMarked;
