/** Where clients knock: the listening sockets, opened by Sonde or by systemd. */
@NullMarked
package io.sonde.server.listen;

import org.jspecify.annotations.NullMarked;
