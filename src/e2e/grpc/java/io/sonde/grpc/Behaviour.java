package io.sonde.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Treats a call as its metadata asks: late, not at all, or only if it may. */
final class Behaviour implements ServerInterceptor {
  private static final int LATE_MILLIS = 900;
  private static final Metadata.Key<String> BEHAVE = text("x-behave");
  private static final Metadata.Key<String> AUTHORIZATION = text("authorization");
  private static final Metadata.Key<byte[]> BINARY =
      Metadata.Key.of("x-binary-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    String behave = Objects.requireNonNullElse(headers.get(BEHAVE), "");
    if (behave.equals("late")) {
      late();
    }
    Status status = status(behave, headers);
    if (status.isOk()) {
      return next.startCall(call, headers);
    }
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static Status status(String behave, Metadata headers) {
    if (behave.startsWith("status-")) {
      int code = Integer.parseInt(behave.substring("status-".length()));
      return Status.fromCodeValue(code).withDescription("as asked: 100 % ü");
    }
    byte[] binary = Objects.requireNonNullElse(headers.get(BINARY), new byte[0]);
    boolean mayPass =
        switch (behave) {
          case "guarded" -> "Bearer open-sesame".equals(headers.get(AUTHORIZATION));
          case "binary" -> new String(binary, StandardCharsets.UTF_8).equals("grün");
          case "twice" -> List.of("first", "second").equals(all(headers));
          default -> true;
        };
    return mayPass ? Status.OK : Status.UNAUTHENTICATED.withDescription("show who you are");
  }

  private static List<String> all(Metadata headers) {
    List<String> values = new ArrayList<>();
    Iterable<String> sent = headers.getAll(text("x-twice"));
    if (sent != null) {
      sent.forEach(values::add);
    }
    return values;
  }

  private static void late() {
    try {
      Thread.sleep(LATE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
