package io.sonde.probe.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final Backlog backlog = new Backlog();

  @AfterEach
  void nothingIsKept() {
    backlog.release();
    assertEquals(0, allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory());
  }

  @Test
  void bytesComeOutAsTheyCameIn() {
    add("ab");
    add("cde");
    backlog.drop(1);
    add("f");
    assertEquals("bcdef", text(100));
    assertEquals("bc", text(2));
    backlog.drop(5);
    assertTrue(backlog.isEmpty());
    add("g");
    assertEquals("g", text(100));
  }

  @Test
  void manySmallPiecesAreOneBuffer() {
    ByteBuf wire = allocator.buffer().writeBytes(new byte[50_000]);
    for (int i = 0; i < wire.readableBytes(); i++) {
      backlog.add(wire.slice(i, 1));
    }
    wire.release();
    assertEquals(50_000, backlog.first(Integer.MAX_VALUE).readableBytes());
    assertEquals(1, backlog.first(Integer.MAX_VALUE).nioBufferCount());
    assertTrue(allocator.metric().usedHeapMemory() < 200_000);
  }

  @Test
  void whatIsUsedAllTheTimeDoesNotGrow() {
    add("x".repeat(100));
    for (int i = 0; i < 10_000; i++) {
      add("y".repeat(100));
      backlog.drop(100);
    }
    assertTrue(allocator.metric().usedHeapMemory() < 2_000);
  }

  @Test
  void aPieceInPartsIsPutTogether() {
    CompositeByteBuf piece = allocator.compositeBuffer();
    piece.addComponent(true, allocator.buffer().writeBytes(new byte[] {'a'}));
    piece.addComponent(true, allocator.buffer().writeBytes(new byte[] {'b'}));
    backlog.add(piece);
    piece.release();
    assertEquals(1, backlog.first(2).nioBufferCount());
    assertEquals("ab", text(2));
  }

  private void add(String text) {
    ByteBuf piece = allocator.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    backlog.add(piece);
    piece.release();
  }

  private String text(int most) {
    return backlog.first(most).toString(StandardCharsets.US_ASCII);
  }
}
