package io.sonde.probe.http;

import io.sonde.config.HttpSpec;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.BodyMemory;

/**
 * What a module demands of a final response, compiled.
 *
 * @param searches where large bodies are searched
 * @param memory what bodies are kept in meanwhile
 * @param maxBodyBytes how much of a body is kept for a search at most, where the module sets no
 *     limit of its own
 */
record HttpCriteria(
    HttpSpec spec,
    HeaderChecks headers,
    BodyChecks body,
    JsonChecks json,
    Compression compression,
    SearchWork searches,
    BodyMemory memory,
    int maxBodyBytes) {

  static HttpCriteria of(HttpSpec spec, HttpServices services) {
    return new HttpCriteria(
        spec,
        new HeaderChecks(spec),
        new BodyChecks(spec),
        new JsonChecks(spec),
        Compression.of(spec.compression()),
        services.searches(),
        services.memory(),
        services.maxBodyBytes());
  }

  /** Whether the body itself is judged, and not only its length. */
  boolean looksAtBody() {
    return !body.isEmpty() || !json.isEmpty();
  }
}
