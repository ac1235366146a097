/**
 * What event loops leave to other threads: searches that take long, and the files that modules
 * name, which are read only when they changed.
 */
@NullMarked
package io.sonde.net.file;

import org.jspecify.annotations.NullMarked;
