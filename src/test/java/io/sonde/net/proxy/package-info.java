/** What is claimed of proxies, as far as no prober is needed for it. */
@NullMarked
package io.sonde.net.proxy;

import org.jspecify.annotations.NullMarked;
