package io.sonde.probe.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sonde.probe.http.ContentDecoder.BadContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentDecoderTest {
  /** Everything that a server may send. */
  enum Format {
    GZIP(Compression.GZIP),
    ZLIB(Compression.DEFLATE),
    RAW(Compression.DEFLATE),
    BROTLI(Compression.BROTLI);

    private final Compression compression;

    Format(Compression compression) {
      this.compression = compression;
    }

    byte[] encode(byte[] plain) {
      try {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (this) {
          case GZIP -> write(new GZIPOutputStream(out), plain);
          case ZLIB -> write(new DeflaterOutputStream(out), plain);
          case RAW -> write(new DeflaterOutputStream(out, new Deflater(6, true)), plain);
          case BROTLI -> {
            Brotli4jLoader.ensureAvailability();
            out.writeBytes(Encoder.compress(plain, new Encoder.Parameters().setQuality(4)));
          }
        }
        return out.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void write(OutputStream stream, byte[] plain) throws IOException {
      try (stream) {
        stream.write(plain);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatWasEncodedIsDecodedHoweverItArrives(Format format) throws Exception {
    for (byte[] plain : new byte[][] {{}, text("hello"), noise(100_000), new byte[1 << 20]}) {
      byte[] encoded = format.encode(plain);
      assertArrayEquals(plain, decode(format, encoded, encoded.length));
      assertArrayEquals(plain, decode(format, encoded, Math.max(1, encoded.length / 7)));
    }
    byte[] encoded = format.encode(noise(3_000));
    assertArrayEquals(noise(3_000), decode(format, encoded, 1));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyTruncationIsNoticed(Format format) {
    byte[] encoded = format.encode(text("hello, hello, hello, and good bye"));
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThrows(BadContentException.class, () -> decode(format, cut, 4_096), "at " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void bytesBehindTheEndAreNoticedWhereTheyAreForbidden(Format format) throws Exception {
    byte[] encoded = format.encode(text("hello"));
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 3);
    longer[encoded.length] = 'x';
    for (int piece : new int[] {longer.length, encoded.length, 1}) {
      if (format.compression == Compression.DEFLATE) {
        assertArrayEquals(text("hello"), decode(format, longer, piece));
      } else {
        assertThrows(BadContentException.class, () -> decode(format, longer, piece));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"GZIP", "ZLIB"})
  void aWrongSumIsNoticed(Format format) {
    byte[] encoded = format.encode(text("hello"));
    encoded[encoded.length - (format == Format.GZIP ? 5 : 1)] ^= 1;
    assertThrows(BadContentException.class, () -> decode(format, encoded, 4_096));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void noiseIsNoFormat(Format format) {
    byte[] noise = noise(2_000);
    noise[0] = (byte) 0xff;
    noise[1] = (byte) 0xff;
    assertThrows(BadContentException.class, () -> decode(format, noise, 4_096));
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"GZIP"})
  void gzipMayHaveManyMembersAndEveryHeaderField(Format format) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(format.encode(text("one ")));
    byte[] two = format.encode(text("two"));
    byte[] header = {
      0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 'e', 'x', 'n', 0, 'c', 0, 1, 2
    };
    all.writeBytes(header);
    all.write(two, 10, two.length - 10);
    byte[] encoded = all.toByteArray();
    assertArrayEquals(text("one two"), decode(format, encoded, encoded.length));
    assertArrayEquals(text("one two"), decode(format, encoded, 1));
  }

  private static byte[] decode(Format format, byte[] encoded, int piece)
      throws BadContentException, IOException {
    ContentDecoder decoder = Objects.requireNonNull(format.compression.newDecoder());
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] out = new byte[1_000];
    try {
      for (int at = 0; at < encoded.length; at += piece) {
        ByteBuf in = Unpooled.wrappedBuffer(encoded, at, Math.min(piece, encoded.length - at));
        int count;
        while ((count = decoder.decode(in, out)) > 0) {
          plain.write(out, 0, count);
        }
      }
      decoder.end();
      return plain.toByteArray();
    } finally {
      decoder.close();
      decoder.close();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
