/** What is true of icmp probes, over scripted sockets. */
@NullMarked
package io.sonde.probe.icmp;

import org.jspecify.annotations.NullMarked;
