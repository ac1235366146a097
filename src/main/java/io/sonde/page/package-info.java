/** Pages for people: HTML made of what the daemon knows, complete without scripts. */
@NullMarked
package io.sonde.page;

import org.jspecify.annotations.NullMarked;
