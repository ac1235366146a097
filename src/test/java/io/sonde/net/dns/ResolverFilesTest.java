package io.sonde.net.dns;

import static io.sonde.net.dns.Families.IP4;
import static io.sonde.net.dns.Families.IP4_FIRST;
import static io.sonde.net.dns.Families.IP6;
import static io.sonde.net.dns.Families.IP6_FIRST;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.Running;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files say counts, and what they say now. */
class ResolverFilesTest extends ResolverClaims {
  @Test
  void theHostsFileComesFirst() {
    lookups.hosts("192.0.2.7 web.example\n2001:db8::7 web.example\n192.0.2.8 web.example");
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(
        List.of("2001:db8::7", "192.0.2.7", "192.0.2.8"), lookups.find("Web.Example", IP6_FIRST));
    assertEquals(
        List.of("192.0.2.7", "192.0.2.8", "2001:db8::7"), lookups.find("web.example.", IP4_FIRST));
    assertEquals(List.of("2001:db8::7"), lookups.find("web.example", IP6));
    assertEquals(List.of(), peer.queries());
  }

  @Test
  void aNameOfTheHostsFileIsNotAskedForEvenIfItLacksTheFamily() {
    lookups.hosts("192.0.2.7 web.example");
    peer.on("web.example.", DnsPeer.addresses("2001:db8::1"));
    lookups.fail("web.example", IP6).failedIn(RESOLVE, NAME_NOT_FOUND);
    assertEquals(List.of(), peer.queries());
  }

  @Test
  void aChangeOfTheHostsFileIsSeen() throws Exception {
    lookups.hosts("192.0.2.7 web.example");
    assertEquals(List.of("192.0.2.7"), lookups.find("web.example", IP4));
    lookups.hosts("192.0.2.8 web.example");
    assertEquals(List.of("192.0.2.8"), lookups.find("web.example", IP4));
    Files.delete(directory.resolve("hosts"));
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void aChangeOfResolvConfIsSeen() {
    peer.on("web.a.example.", DnsPeer.addresses("192.0.2.1"));
    peer.on("web.b.example.", DnsPeer.addresses("192.0.2.2"));
    lookups.resolvConf("nameserver 127.0.0.1\nsearch a.example");
    assertEquals(List.of("192.0.2.1"), lookups.find("web", IP4));
    lookups.resolvConf("nameserver 127.0.0.1\nsearch b.example");
    assertEquals(List.of("192.0.2.2"), lookups.find("web", IP4));
  }

  @Test
  void theDomainOfThisMachineIsSearched() {
    lookups.hostname("prober.a.example\n");
    peer.on("web.a.example.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web", IP4));
  }

  @Test
  void theFilesAreNotLookedAtForEveryLookup() {
    LookupRig trusting = new LookupRig(rig, directory, peer, TimeUnit.HOURS.toNanos(1));
    trusting.hosts("192.0.2.7 web.example");
    assertEquals(List.of("192.0.2.7"), trusting.find("web.example", IP4));
    trusting.hosts("192.0.2.8 web.example");
    assertEquals(List.of("192.0.2.7"), trusting.find("web.example", IP4));
  }

  @Test
  void aFileThatCannotBeReadNowIsAsItWas() throws Exception {
    lookups.hosts("192.0.2.7 web.example");
    assertEquals(List.of("192.0.2.7"), lookups.find("web.example", IP4));
    Files.delete(directory.resolve("hosts"));
    Files.createDirectory(directory.resolve("hosts"));
    assertEquals(List.of("192.0.2.7"), lookups.find("web.example", IP4));
  }

  @Test
  void manyLookupsShareOneLook() {
    lookups.hosts("192.0.2.7 web.example");
    List<Running> runs =
        Stream.generate(() -> lookups.lookingUp("web.example", IP4).starts()).limit(50).toList();
    runs.forEach(run -> run.ends().passed());
  }
}
