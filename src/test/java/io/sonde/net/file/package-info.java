/** What is true of files read off the loops. */
@NullMarked
package io.sonde.net.file;

import org.jspecify.annotations.NullMarked;
