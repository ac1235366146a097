package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.server.Limits;
import io.sonde.server.Protection;
import io.sonde.server.ServerRig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A server whose API is asked, and whose every answer must be as it is documented. */
final class ApiRig implements AutoCloseable {
  static final String V1 = "/api/v1/";
  static final String JSON = "application/json";

  final OpenApi openApi;
  final ServerRig server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ApiRig() throws Exception {
    this(new OpenApi(), new ServerRig());
  }

  ApiRig(Protection protection) throws Exception {
    this(new OpenApi(), new ServerRig(protection));
  }

  /** One that notes in {@code openApi} what it saw. */
  ApiRig(OpenApi openApi, ServerRig server) {
    this.openApi = openApi;
    this.server = server;
  }

  /** One that runs so many probes at once. */
  static ApiRig withMaxInFlight(OpenApi openApi, int most) throws Exception {
    return new ApiRig(openApi, new ServerRig(Limits.DEFAULT, most, "", ""));
  }

  /** The answer to a GET, which must succeed. */
  JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send("GET", path, "");
    assertEquals(200, response.statusCode(), response.body());
    return OpenApi.parse(response.body());
  }

  /** The problem that a GET is answered with. */
  JsonNode refused(int status, String path) throws Exception {
    return problem(status, send("GET", path, ""));
  }

  /** The problem that a probe is refused with. */
  JsonNode refusedProbe(int status, String body) throws Exception {
    return problem(status, post(body));
  }

  private static JsonNode problem(int status, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    JsonNode problem = OpenApi.parse(response.body());
    assertEquals(status, problem.get("status").asInt());
    return problem;
  }

  HttpResponse<String> post(String body) throws Exception {
    return send("POST", "probe", body, "Content-Type", JSON);
  }

  HttpResponse<String> post(byte[] body) throws Exception {
    return send("POST", "probe", body, "Content-Type", JSON);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + V1 + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (method.equals(path.startsWith("probe?") || path.equals("probe") ? "POST" : "GET")) {
      openApi.check(
          method,
          V1 + path.replaceAll("\\?.*", ""),
          response.statusCode(),
          header(response, "content-type"),
          response.body());
    }
    return response;
  }

  static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
