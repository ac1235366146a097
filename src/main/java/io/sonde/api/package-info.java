/** The daemon's HTTP API for programs: what was probed, with what, and one probe more, in JSON. */
@NullMarked
package io.sonde.api;

import org.jspecify.annotations.NullMarked;
