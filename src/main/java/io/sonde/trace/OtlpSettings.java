package io.sonde.trace;

import io.sonde.config.Redaction;
import io.sonde.net.http.HeaderLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go and how, as the environment asks for it. Knows nothing of OpenTelemetry's classes.
 *
 * @param headers sent along with every export; secret
 * @param sampler which traces are recorded, by its name in the specification
 * @param ratio how many of them, where the sampler asks
 * @param files certificates and keys for TLS
 * @param resource what the daemon calls itself
 * @param batches how spans wait
 */
record OtlpSettings(
    URI endpoint,
    Map<String, String> headers,
    Duration timeout,
    String compression,
    String sampler,
    double ratio,
    Files files,
    Map<String, String> resource,
    Batches batches) {

  static final List<String> SAMPLERS =
      List.of(
          "always_on",
          "always_off",
          "traceidratio",
          "parentbased_always_on",
          "parentbased_always_off",
          "parentbased_traceidratio");

  private static final String SERVICE_NAME = "service.name";

  /** Paths of PEM files; null for what is not used. */
  record Files(
      @Nullable String certificates,
      @Nullable String clientKey,
      @Nullable String clientCertificate) {}

  /**
   * How spans wait until they are exported.
   *
   * @param delay longest wait
   * @param timeout longest time of one export
   * @param maxQueue most spans that wait
   * @param maxBatch most spans of one export
   */
  record Batches(Duration delay, Duration timeout, int maxQueue, int maxBatch) {}

  /**
   * What the variables ask for; null if they ask for no traces.
   *
   * @throws IllegalArgumentException if they ask for what cannot be
   */
  static @Nullable OtlpSettings of(Environment environment) {
    if (!isWanted(environment)) {
      return null;
    }
    return new OtlpSettings(
        endpoint(environment),
        headers(environment),
        environment.millis(environment.otlpName("TIMEOUT"), 10_000),
        compression(environment),
        sampler(environment),
        environment.ratio("OTEL_TRACES_SAMPLER_ARG", 1),
        files(environment),
        resource(environment),
        batches(environment));
  }

  /** The endpoint without credentials. */
  String shownEndpoint() {
    return Redaction.ofUrl(endpoint.toString()).hide(endpoint.toString());
  }

  /** What must not be told. */
  Redaction secrets() {
    Redaction.Builder secrets = Redaction.builder().url(endpoint.toString());
    headers.forEach(secrets::header);
    return secrets.build();
  }

  /** Not the parts that may hold secrets. */
  @Override
  public String toString() {
    return shownEndpoint();
  }

  private static boolean isWanted(Environment environment) {
    if (environment.text("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")) {
      return false;
    }
    String exporters = environment.text("OTEL_TRACES_EXPORTER");
    if (exporters == null) {
      return environment.otlp("ENDPOINT") != null;
    }
    List<String> names = Arrays.stream(exporters.split(",", -1)).map(String::strip).toList();
    if (!names.contains("otlp") && !names.contains("none")) {
      throw Environment.expected("OTEL_TRACES_EXPORTER", "otlp or none", exporters);
    }
    return names.contains("otlp");
  }

  private static URI endpoint(Environment environment) {
    String protocol = environment.otlp("PROTOCOL");
    if (protocol != null && !protocol.equals("http/protobuf")) {
      throw Environment.expected(
          environment.otlpName("PROTOCOL"),
          "http/protobuf, which collectors usually take on port 4318",
          protocol);
    }
    String name = environment.otlpName("ENDPOINT");
    String url = environment.text(name, "http://localhost:4318");
    if (!name.contains("TRACES")) {
      url += url.endsWith("/") ? "v1/traces" : "/v1/traces";
    }
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException ignored) {
      // Told below, without what may be a secret.
    }
    throw new IllegalArgumentException(
        name + ": expected a URL that begins with http:// or https://");
  }

  private static Map<String, String> headers(Environment environment) {
    String name = environment.otlpName("HEADERS");
    Map<String, String> headers = environment.pairs(name);
    headers.forEach(
        (header, value) -> {
          if (!new HeaderLine(header, value).isValid()) {
            throw new IllegalArgumentException(
                name + ": no header can have the name or value of " + header);
          }
        });
    return Map.copyOf(headers);
  }

  private static String compression(Environment environment) {
    String name = environment.otlpName("COMPRESSION");
    String compression = environment.text(name, "none");
    if (!compression.equals("none") && !compression.equals("gzip")) {
      throw Environment.expected(name, "gzip or none", compression);
    }
    return compression;
  }

  private static String sampler(Environment environment) {
    String sampler = environment.text("OTEL_TRACES_SAMPLER", "parentbased_always_on");
    if (!SAMPLERS.contains(sampler)) {
      throw Environment.expected(
          "OTEL_TRACES_SAMPLER", "one of " + String.join(", ", SAMPLERS), sampler);
    }
    return sampler;
  }

  private static Files files(Environment environment) {
    return new Files(
        environment.otlp("CERTIFICATE"),
        environment.otlp("CLIENT_KEY"),
        environment.otlp("CLIENT_CERTIFICATE"));
  }

  private static Map<String, String> resource(Environment environment) {
    Map<String, String> attributes = environment.pairs("OTEL_RESOURCE_ATTRIBUTES");
    attributes.put(
        SERVICE_NAME,
        environment.text("OTEL_SERVICE_NAME", attributes.getOrDefault(SERVICE_NAME, "sonde")));
    return Map.copyOf(attributes);
  }

  private static Batches batches(Environment environment) {
    int maxQueue = environment.number("OTEL_BSP_MAX_QUEUE_SIZE", 1, 2048);
    int maxBatch = environment.number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 1, 512);
    return new Batches(
        environment.millis("OTEL_BSP_SCHEDULE_DELAY", 5_000),
        environment.millis("OTEL_BSP_EXPORT_TIMEOUT", 30_000),
        maxQueue,
        Math.min(maxBatch, maxQueue));
  }
}
