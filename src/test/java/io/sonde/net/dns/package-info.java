/** What is true of literals, files and lookups, against scripted name servers. */
@NullMarked
package io.sonde.net.dns;

import org.jspecify.annotations.NullMarked;
