/** Where the configuration comes from: files, folders and patterns, read and joined to one. */
@NullMarked
package io.sonde.config.source;

import org.jspecify.annotations.NullMarked;
