/** What is claimed about files, folders and patterns of configuration. */
@NullMarked
package io.sonde.config.source;

import org.jspecify.annotations.NullMarked;
