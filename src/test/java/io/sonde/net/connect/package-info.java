/** What is true of connections, against loopback peers. */
@NullMarked
package io.sonde.net.connect;

import org.jspecify.annotations.NullMarked;
