/** The HTTP side: listeners, connections, the way from a request's path to its endpoint. */
@NullMarked
package io.sonde.server;

import org.jspecify.annotations.NullMarked;
