/**
 * The http prober: one request, the redirects that follow, and a judgement of the final response.
 */
@NullMarked
package io.sonde.probe.http;

import org.jspecify.annotations.NullMarked;
