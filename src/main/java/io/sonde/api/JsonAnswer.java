package io.sonde.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sonde.server.Answer;
import io.sonde.server.ResponseHead;
import io.sonde.view.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers in JSON, and refusals as problem details (RFC 9457). Nothing of it may be stored. */
final class JsonAnswer {
  private static final ResponseHead OK = head(200, "application/json");

  private JsonAnswer() {}

  static Answer of(Map<String, ? extends @Nullable Object> object) {
    return Answer.of(OK, Json.of(object) + "\n");
  }

  /** The refusal with its faults. */
  static Answer of(RefusedException refusal) {
    return problem(refusal, head(refusal.status(), "application/problem+json"));
  }

  /** That a path is there, but not for this method. */
  static Answer notAllowed(String method, String allowed) {
    RefusedException refusal = RefusedException.of(405, "method", allowed, Shown.quoted(method));
    return problem(
        refusal,
        ResponseHead.of(
            405,
            "Content-Type",
            "application/problem+json",
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff",
            "Allow",
            allowed));
  }

  private static Answer problem(RefusedException refusal, ResponseHead head) {
    List<Map<String, String>> faults = new ArrayList<>();
    for (RefusedException.Fault fault : refusal.faults()) {
      Map<String, String> object = new LinkedHashMap<>();
      object.put("where", fault.where());
      object.put("expected", fault.expected());
      object.put("got", fault.got());
      faults.add(object);
    }
    Map<String, @Nullable Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase());
    problem.put("status", refusal.status());
    problem.put("detail", refusal.getMessage());
    problem.put("errors", faults);
    return Answer.of(head, Json.of(problem) + "\n");
  }

  private static ResponseHead head(int status, String contentType) {
    return ResponseHead.of(
        status,
        "Content-Type",
        contentType,
        "Cache-Control",
        "no-store",
        "X-Content-Type-Options",
        "nosniff");
  }
}
