package io.sonde.page;

import io.sonde.server.Exchange;
import io.sonde.server.ResponseHead;
import io.sonde.server.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The files that pages come with. Their links carry a part of their hash, so that browsers may keep
 * them for long and see a new release at once.
 */
final class Assets {
  private static final int TAG_BYTES = 8;

  /** One file, in memory. */
  private static final class Asset {
    final String name;
    final String text;
    final String tag;
    final ResponseHead head;
    final ResponseHead unchanged;

    Asset(String name, String type) {
      this.name = name;
      this.text = read(name);
      this.tag = tag(text);
      String kept = "public, max-age=31536000, immutable";
      this.head =
          ResponseHead.of(
              200,
              "Content-Type",
              type,
              "ETag",
              quoted(tag),
              "Cache-Control",
              kept,
              "X-Content-Type-Options",
              "nosniff",
              "Content-Security-Policy",
              Frame.POLICY);
      this.unchanged = ResponseHead.of(304, "ETag", quoted(tag), "Cache-Control", kept);
    }

    Link link() {
      return Link.to(name).with("v", tag);
    }

    void answer(Exchange exchange) {
      String known = exchange.header("if-none-match");
      if (known != null && known.contains(quoted(tag))) {
        exchange.respond(unchanged, "");
      } else {
        exchange.respond(head, text);
      }
    }

    private static String quoted(String tag) {
      return '"' + tag + '"';
    }
  }

  private final Asset style = new Asset("static/sonde.css", "text/css; charset=utf-8");
  private final Asset script = new Asset("static/live.js", "text/javascript; charset=utf-8");
  private final Asset icon = new Asset("static/icon.svg", "image/svg+xml");

  Link style() {
    return style.link();
  }

  Link script() {
    return script.link();
  }

  Link icon() {
    return icon.link();
  }

  void addTo(Router router) {
    for (Asset asset : new Asset[] {style, script, icon}) {
      router.with(asset.name, asset::answer);
    }
  }

  private static String read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
