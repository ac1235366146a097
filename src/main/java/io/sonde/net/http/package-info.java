/**
 * HTTP as a client of one exchange per connection: URLs, header lines, credentials, and the
 * connection itself. Knows nothing of what an answer is good for.
 */
@NullMarked
package io.sonde.net.http;

import org.jspecify.annotations.NullMarked;
