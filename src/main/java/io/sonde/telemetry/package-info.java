/** What Sonde tells about itself: its own metrics and its log. */
@NullMarked
package io.sonde.telemetry;

import org.jspecify.annotations.NullMarked;
