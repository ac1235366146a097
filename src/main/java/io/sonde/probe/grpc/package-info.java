/** Probes of gRPC servers by their standard health service. */
@NullMarked
package io.sonde.probe.grpc;

import org.jspecify.annotations.NullMarked;
