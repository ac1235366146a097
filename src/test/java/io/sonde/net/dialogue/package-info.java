/** Claims about lines and templates. */
@NullMarked
package io.sonde.net.dialogue;

import org.jspecify.annotations.NullMarked;
