/** What dialogues are made of: lines out of a stream of bytes, and texts that refer to a match. */
@NullMarked
package io.sonde.net.dialogue;

import org.jspecify.annotations.NullMarked;
