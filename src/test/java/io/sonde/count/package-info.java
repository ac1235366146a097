/** Tests of counting. */
@NullMarked
package io.sonde.count;

import org.jspecify.annotations.NullMarked;
