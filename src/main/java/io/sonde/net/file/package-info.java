/** Files that modules name, read off the event loops and only when they changed. */
@NullMarked
package io.sonde.net.file;

import org.jspecify.annotations.NullMarked;
