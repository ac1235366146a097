package io.sonde.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What {@code trace_context} needs of the rest of a module. */
final class TraceKeys {
  private static final String HEADER = "traceparent";

  private TraceKeys() {}

  /** The module with {@code trace_context}, whose problems are reported. */
  static ModuleConfig checked(ModuleConfig module, Fields fields, Reading in) {
    ProberKind prober = module.prober();
    if (prober != null && !sendsHeaders(prober)) {
      fields.warn(
          in,
          ModuleBlock.TRACE_CONTEXT,
          "trace_context has no effect on prober " + prober.word(),
          "only http, grpc and websocket can hand a trace on");
    }
    for (String name : headers(module)) {
      if (name.equalsIgnoreCase(HEADER)) {
        fields.error(
            in,
            ModuleBlock.TRACE_CONTEXT,
            "trace_context and a header " + HEADER + " exclude each other",
            "leave one of them out");
        break;
      }
    }
    return module.withTraceContext(true);
  }

  private static boolean sendsHeaders(ProberKind prober) {
    return prober == ProberKind.HTTP || prober == ProberKind.GRPC || prober == ProberKind.WEBSOCKET;
  }

  private static Collection<String> headers(ModuleConfig module) {
    ProbeSpec spec = module.spec();
    List<String> names = new ArrayList<>();
    if (spec instanceof HttpSpec http) {
      names.addAll(http.headers().keySet());
      names.addAll(http.client().httpHeaders().keySet());
    } else if (spec instanceof GrpcSpec grpc) {
      names.addAll(grpc.metadata().keySet());
    } else if (spec instanceof WebsocketSpec websocket) {
      names.addAll(websocket.headers().keySet());
      names.addAll(websocket.http().httpHeaders().keySet());
    }
    return names;
  }
}
