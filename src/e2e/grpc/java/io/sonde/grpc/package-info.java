/** A health server of grpc-java to probe. */
package io.sonde.grpc;
