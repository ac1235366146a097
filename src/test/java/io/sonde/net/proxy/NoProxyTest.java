package io.sonde.net.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
  @ParameterizedTest(name = "{0}: {1}:{2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Nothing but the local host is an exception of itself.
        "''                     | example.org      | 80   | no",
        "''                     | localhost        | 80   | yes",
        "''                     | LOCALHOST        | 80   | no",
        "''                     | 127.0.0.1        | 80   | yes",
        "''                     | 127.9.9.9        | 80   | yes",
        "''                     | ::1              | 80   | yes",
        "''                     | ::ffff:127.0.0.1 | 80   | yes",
        "''                     | 10.0.0.1         | 80   | no",
        "' , ,, '               | example.org      | 80   | no",
        // Everything.
        "*                      | example.org      | 80   | yes",
        "a.org, *               | 10.0.0.1         | 80   | yes",
        "*.                     | example.org      | 80   | no",
        // Domains.
        "example.org            | example.org      | 80   | yes",
        "example.org            | www.example.org  | 80   | yes",
        "example.org            | badexample.org   | 80   | no",
        "example.org            | example.org.     | 80   | no",
        "' Example.ORG '        | EXAMPLE.org      | 80   | yes",
        ".example.org           | example.org      | 80   | no",
        ".example.org           | www.example.org  | 80   | yes",
        "*.example.org          | example.org      | 80   | no",
        "*.example.org          | a.b.example.org  | 80   | yes",
        "a.org,b.org            | b.org            | 80   | yes",
        "org                    | example.org      | 80   | yes",
        // Ports.
        "example.org:80         | example.org      | 80   | yes",
        "example.org:80         | www.example.org  | 80   | yes",
        "example.org:80         | example.org      | 443  | no",
        "example.org:           | example.org      | 443  | yes",
        "example.org:x          | example.org      | 443  | no",
        ":80                    | example.org      | 80   | no",
        // Addresses.
        "10.1.2.3               | 10.1.2.3         | 80   | yes",
        "10.1.2.3               | 10.1.2.4         | 80   | no",
        "10.1.2.3:443           | 10.1.2.3         | 443  | yes",
        "10.1.2.3:443           | 10.1.2.3         | 80   | no",
        "2001:db8::1            | 2001:0db8::0:1   | 80   | yes",
        "[2001:db8::1]:443      | 2001:db8::1      | 443  | yes",
        "[2001:db8::1]:443      | 2001:db8::1      | 80   | no",
        "[2001:db8::1]          | 2001:db8::1      | 80   | no",
        "::ffff:10.1.2.3        | 10.1.2.3         | 80   | yes",
        "010.1.2.3              | 10.1.2.3         | 80   | no",
        // Networks.
        "10.0.0.0/8             | 10.200.1.1       | 80   | yes",
        "10.0.0.0/8             | 11.0.0.1         | 80   | no",
        "10.0.0.0/8             | example.org      | 80   | no",
        "10.77.0.0/8            | 10.1.1.1         | 80   | yes",
        "192.168.4.0/22         | 192.168.7.255    | 80   | yes",
        "192.168.4.0/22         | 192.168.8.0      | 80   | no",
        "10.1.2.3/32            | 10.1.2.3         | 80   | yes",
        "10.1.2.3/32            | 10.1.2.2         | 80   | no",
        "0.0.0.0/0              | 8.8.8.8          | 80   | yes",
        "0.0.0.0/0              | 2001:db8::1      | 80   | no",
        "2001:db8::/33          | 2001:db8:7fff::1 | 80   | yes",
        "2001:db8::/33          | 2001:db8:8000::1 | 80   | no",
        "::/0                   | 2001:db8::1      | 80   | yes",
        "::ffff:10.0.0.0/104    | 10.200.1.1       | 80   | yes",
        "::ffff:10.0.0.0/90     | 10.200.1.1       | 80   | no",
        "10.0.0.0/33            | 10.0.0.0         | 80   | no",
        "10.0.0.0/              | 10.0.0.0         | 80   | no",
        "10.0.0.0/-1            | 10.0.0.0         | 80   | no",
        "10.0.0.0/99999999999   | 10.0.0.0         | 80   | no",
        "10.0.0/8               | 10.0.0.0         | 80   | no",
        "/8                     | 10.0.0.0         | 80   | no",
      })
  void exceptionsAreTheseAndNoOthers(String list, String host, int port, String excepted) {
    assertEquals(excepted.equals("yes"), NoProxy.parse(list).excepts(host, port));
  }

  @Test
  void noListIsTooOddToRead() {
    Random random = new Random(20_260_831);
    String alphabet = ".,:/*[]%0129afzé \t\0";
    for (int round = 0; round < 20_000; round++) {
      String list = text(random, alphabet);
      String host = "Z" + text(random, alphabet).replace("*", "");
      NoProxy read = NoProxy.parse(list);
      read.excepts(host, random.nextInt(65_536));
      read.excepts("", 0);
      // Only something that names it, or everything, can be an exception.
      if (!list.contains("*") && !list.contains(".") && !list.contains("z")) {
        assertFalse(read.excepts("host.example", 80), list);
      }
    }
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(24); left > 0; left--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
