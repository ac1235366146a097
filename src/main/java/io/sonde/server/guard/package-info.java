/**
 * What stands between strangers and the endpoints, as {@code --web.config.file} wants it: TLS,
 * passwords, fields of responses, a limit on requests.
 */
@NullMarked
package io.sonde.server.guard;

import org.jspecify.annotations.NullMarked;
