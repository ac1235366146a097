/** What is claimed of TLS, mostly twice: with BoringSSL and with the JDK. */
@NullMarked
package io.sonde.net.tls;

import org.jspecify.annotations.NullMarked;
