package io.sonde.net.policy;

import static io.sonde.net.policy.Policies.against;
import static io.sonde.net.policy.Policies.againstName;
import static io.sonde.net.policy.Policies.againstSocket;
import static io.sonde.net.policy.Policies.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.PolicyPreset;
import io.sonde.config.TargetPolicySpec;
import io.sonde.probe.TargetPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {
  private static final TargetPolicy REMOTE = policy("preset: remote");
  private static final TargetPolicy PUBLIC = policy("preset: public");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "::1",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "fe80::1",
        "febf:ffff::1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::253",
        "fd20:ce::254",
        "fd00:42::42",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "ff02::1",
        // IPv4-mapped, -compatible, -translated
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "::7f00:1",
        "::ffff:0:127.0.0.1",
        // NAT64, with prefixes of 96, 48, 56 and 64 bits
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::169.254.169.254",
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:7f00:0:100::",
        "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1:0:a9:fea9:fe00:0",
        "64:ff9b:1:abcd::127.0.0.1",
        // 6to4, Teredo (server, client), ISATAP
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:7f00:1::",
        "2001:0:102:304:0:0:80ff:fffe",
        "2001:db8::5efe:127.0.0.1",
        "2001:db8::200:5efe:169.254.169.254"
      })
  void whatIsNotRemoteIsDenied(String address) {
    assertNotNull(against(REMOTE, address), address);
    assertNotNull(against(PUBLIC, address), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::1.1.1.1",
        "2002:101:101::1",
        "2001:0:102:304::fefe:fefe",
        "2a00::5efe:1.1.1.1"
      })
  void thePublicInternetIsAllowed(String address) {
    assertNull(against(REMOTE, address), address);
    assertNull(against(PUBLIC, address), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "240.0.0.1",
        "192.0.0.1",
        "fd12::1",
        "fec0::1",
        "2001:db8::1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "2002:a00:1::",
        "::8.8.8.8"
      })
  void privateNetworksAreRemoteButNotPublic(String address) {
    assertNull(against(REMOTE, address), address);
    assertNotNull(against(PUBLIC, address), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "metadata.google.internal",
        "metadata.google.internal.",
        "Metadata.Google.Internal",
        "metadata",
        "instance-data",
        "ｌｏｃａｌｈｏｓｔ",
        "metadata。google。internal",
        "loc\u00adalhost",
        "ⓜetadata",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "0.0",
        "0x0",
        "00000177.1",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "4294967297",
        "127.0.0.257",
        "１２７.0.0.1",
        "127。0。0。1",
        "0X7F.1"
      })
  void namesThatMeanThisMachineOrMetadataAreDenied(String name) {
    assertNotNull(againstName(REMOTE, name), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "localhost.example.com",
        "notlocalhost",
        "metadata.example.com",
        "1.1.1.1",
        "0x01010101",
        "1a.2b",
        "127.0.0.1.example.com",
        "127.0.0.1.5",
        "16843009",
        ""
      })
  void otherNamesAreAllowed(String name) {
    assertNull(againstName(REMOTE, name), name);
  }

  @Test
  void unixSocketsAreAsLocalAsLoopback() {
    assertTrue(String.valueOf(againstSocket(REMOTE, "/run/a")).contains("unix sockets"));
    assertNotNull(againstSocket(REMOTE, "@a"));
    assertNull(againstSocket(policy("preset: remote, allow: [{scheme: unix}]"), "@a"));
    assertNotNull(againstSocket(policy("preset: remote, allow: [{host: \"*\"}]"), "/run/a"));
  }

  @Test
  void thePrivateNamesOfPublicAreThose() {
    assertNotNull(againstName(PUBLIC, "db.internal"));
    assertNotNull(againstName(PUBLIC, "printer.local."));
    assertNull(againstName(REMOTE, "db.internal"));
  }

  @Test
  void theReasonIsTold() {
    assertEquals(
        "preset remote denies 169.254.169.254 (metadata services of clouds)",
        against(REMOTE, "169.254.169.254"));
    assertEquals(
        "preset remote denies 127.0.0.0/8 (this machine)", against(REMOTE, "64:ff9b::127.0.0.1"));
  }

  @Test
  void offIsOff() {
    assertEquals(
        TargetPolicy.OFF, TargetPolicies.of(PolicyPreset.OFF, List.of(TargetPolicySpec.NONE)));
    assertEquals(TargetPolicy.OFF, policy("preset: off"));
    assertEquals(TargetPolicy.OFF, policy("allow: [{cidr: 10.0.0.0/8}]"));
    assertNull(TargetPolicy.OFF.objectionToName("localhost"));
  }
}
