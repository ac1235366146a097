package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.server.Limits;
import io.sonde.server.ServerRig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages as a browser gets them. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpResponse<String> get(URI uri, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri), headers);
  }

  private HttpResponse<String> post(ServerRig rig, String form, String... headers)
      throws Exception {
    return send(
        HttpRequest.newBuilder(root(rig, "/").resolve("try")).POST(BodyPublishers.ofString(form)),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    request.timeout(Duration.ofSeconds(30));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI root(ServerRig rig, String prefix) {
    return URI.create("http://127.0.0.1:" + rig.port() + prefix);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void everyLinkOfEveryPageLeadsSomewhere() throws Exception {
    for (String prefix : new String[] {"/", "/a/b/"}) {
      try (ServerRig rig = new ServerRig(Limits.DEFAULT, 9, "http://x.example" + prefix, "")) {
        get(root(rig, prefix).resolve("probe?target=pass"));
        get(root(rig, prefix).resolve("probe?target=fail&module=with_host"));
        Set<String> pages = crawl(root(rig, prefix));
        for (String page : new String[] {"", "try", "modules", "status", "probes/0", "targets"}) {
          String path = prefix + page;
          assertTrue(pages.stream().anyMatch(seen -> seen.endsWith(path)), path + " in " + pages);
        }
      }
    }
  }

  private Set<String> crawl(URI start) throws Exception {
    Set<String> seen = new HashSet<>();
    Deque<URI> waiting = new ArrayDeque<>();
    waiting.add(start);
    for (URI page = waiting.poll(); page != null; page = waiting.poll()) {
      HttpResponse<String> response = get(page);
      assertEquals(200, response.statusCode(), page.toString());
      seen.add(page.getPath());
      if (!header(response, "content-type").startsWith("text/html")) {
        continue;
      }
      assertEquals(Frame.POLICY, header(response, "content-security-policy"), page.toString());
      assertEquals("nosniff", header(response, "x-content-type-options"), page.toString());
      assertEquals("no-referrer", header(response, "referrer-policy"), page.toString());
      Matcher link = LINK.matcher(response.body());
      while (link.find()) {
        if (link.group(1).startsWith("#")) {
          continue;
        }
        URI next = page.resolve(link.group(1).replace("&amp;", "&"));
        // The example of a scrape would leave this machine.
        if (!next.getPath().endsWith("/probe") && seen.add(next.toString())) {
          waiting.add(next);
        }
      }
    }
    return seen;
  }

  @Test
  void whatIsGoneIsNotFound() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      for (String path : new String[] {"probes/7", "probes/x", "targets", "modules?module=nope"}) {
        HttpResponse<String> response = get(root(rig, "/").resolve(path));
        assertEquals(404, response.statusCode(), path);
        assertEquals(Frame.POLICY, header(response, "content-security-policy"), path);
        assertTrue(response.body().contains("<h1>"), response.body());
      }
    }
  }

  @Test
  void aFormRunsOneProbeAndLeadsToIt() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      HttpResponse<String> run =
          post(rig, "module=http_2xx&target=+fail%26+", "Sec-Fetch-Site", "same-origin");
      assertEquals(303, run.statusCode());
      assertEquals("probes/0", header(run, "location"));
      String page = get(root(rig, "/").resolve("probes/0")).body();
      assertTrue(page.contains("<bdi>fail&amp;</bdi>"), page);
      assertEquals(1, rig.history.targets().size());
    }
  }

  @Test
  void aFormOfSomebodyElseRunsNothing() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      String form = "module=http_2xx&target=pass";
      assertEquals(403, post(rig, form, "Sec-Fetch-Site", "cross-site").statusCode());
      assertEquals(403, post(rig, form, "Origin", "http://evil.example").statusCode());
      assertEquals(413, post(rig, form + "x".repeat(9_000)).statusCode());
      assertEquals(400, post(rig, "module=http_2xx&target=").statusCode());
      HttpResponse<String> unknown = post(rig, "module=%3Cb%3E&target=pass");
      assertEquals(400, unknown.statusCode());
      assertTrue(unknown.body().contains("Unknown module &#34;&lt;b&gt;&#34;"), unknown.body());
      assertEquals(0, rig.history.targets().size());
    }
  }

  @Test
  void filesAreKeptByBrowsersUntilTheyChange() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      HttpResponse<String> sheet = get(root(rig, "/").resolve("static/sonde.css"));
      assertEquals("text/css; charset=utf-8", header(sheet, "content-type"));
      assertTrue(header(sheet, "cache-control").contains("immutable"));
      HttpResponse<String> again = get(sheet.uri(), "If-None-Match", header(sheet, "etag"));
      assertEquals(304, again.statusCode());
      assertEquals("", again.body());
    }
  }
}
