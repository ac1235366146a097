package io.sonde.net.icmp;

import io.sonde.net.connect.LibC;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Keeps from a raw socket what is not for it, as it would hear all ICMP of the machine: what other
 * loops and other programs ping, requests to this machine. Of replies it lets through those whose
 * identifier ends with the socket's tag, of all else errors only. A classic BPF program that the
 * kernel runs (socket-filter in the kernel's documentation).
 */
final class ReplyFilter {
  // linux/bpf_common.h
  private static final int LOAD_HEADER_LENGTH = 0xb1;
  private static final int LOAD_BYTE = 0x30;
  private static final int LOAD_BYTE_BEHIND_HEADER = 0x50;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_GREATER = 0x25;
  private static final int RETURN = 0x06;

  private static final int INSTRUCTION_BYTES = 8;
  private static final int PROGRAM_BYTES = 16;
  private static final int ALL = -1;

  // Linux, asm-generic/socket.h
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;

  private ReplyFilter() {}

  /** Puts the filter before socket {@code fd}; false if the kernel does not take it. */
  static boolean attach(int fd, boolean ip6, int tag) {
    int[][] program = ip6 ? program6(tag) : program4(tag);
    ByteBuffer code =
        ByteBuffer.allocateDirect(program.length * INSTRUCTION_BYTES)
            .order(ByteOrder.nativeOrder());
    for (int[] instruction : program) {
      code.putShort((short) instruction[0]);
      code.put((byte) instruction[1]).put((byte) instruction[2]).putInt(instruction[3]);
    }
    ByteBuffer head = ByteBuffer.allocateDirect(PROGRAM_BYTES).order(ByteOrder.nativeOrder());
    head.putShort(0, (short) program.length).putLong(Long.BYTES, LibC.address(code));
    try {
      return LibC.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, LibC.address(head), PROGRAM_BYTES)
          == 0;
    } finally {
      Reference.reachabilityFence(head);
      Reference.reachabilityFence(code);
    }
  }

  /** Operation, steps to skip if true, if false, operand. The packet begins with the header. */
  private static int[][] program4(int tag) {
    return new int[][] {
      {LOAD_HEADER_LENGTH, 0, 0, 0},
      {LOAD_BYTE_BEHIND_HEADER, 0, 0, 0},
      {IF_EQUAL, 3, 0, EchoPacket.REPLY_4},
      {IF_EQUAL, 4, 0, Grief.UNREACHABLE_4},
      {IF_EQUAL, 3, 0, Grief.TIME_EXCEEDED_4},
      {IF_EQUAL, 2, 3, Grief.PARAMETER_4},
      {LOAD_BYTE_BEHIND_HEADER, 0, 0, EchoPacket.ID + 1},
      {IF_EQUAL, 0, 1, tag},
      {RETURN, 0, 0, ALL},
      {RETURN, 0, 0, 0}
    };
  }

  private static int[][] program6(int tag) {
    return new int[][] {
      {LOAD_BYTE, 0, 0, 0},
      {IF_EQUAL, 1, 0, EchoPacket.REPLY_6},
      {IF_GREATER, 3, 2, Grief.PARAMETER_6},
      {LOAD_BYTE, 0, 0, EchoPacket.ID + 1},
      {IF_EQUAL, 0, 1, tag},
      {RETURN, 0, 0, ALL},
      {RETURN, 0, 0, 0}
    };
  }
}
