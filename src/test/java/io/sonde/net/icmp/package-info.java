/** What is true of pings, over scripted sockets and over the kernel's. */
@NullMarked
package io.sonde.net.icmp;

import org.jspecify.annotations.NullMarked;
