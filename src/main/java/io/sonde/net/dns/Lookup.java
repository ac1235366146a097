package io.sonde.net.dns;

import io.sonde.probe.ProbeRun;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One lookup under way: the names that a host may stand for, one after the other; for each of them
 * the record types, at the same time; for each of these the name servers, one after the other.
 * Confined to the run's loop.
 */
final class Lookup {
  private static final SecureRandom IDS = new SecureRandom();
  private static final int ID_BOUND = 1 << 16;

  private final Resolver resolver;
  private final ProbeRun run;
  private final String host;
  private final Families families;
  private final ResolvConf conf;
  private final boolean firstWillDo;
  private final Iterator<String> names;
  private final CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();

  /** Why a question was not answered: then it is not known that there is no such name. */
  private @Nullable Throwable failure;

  Lookup(
      Resolver resolver,
      ProbeRun run,
      String host,
      Families families,
      ResolvConf conf,
      boolean firstWillDo) {
    this.resolver = resolver;
    this.run = run;
    this.host = host;
    this.families = families;
    this.conf = conf;
    this.firstWillDo = firstWillDo;
    this.names = conf.candidates(host).iterator();
  }

  CompletionStage<List<InetAddress>> start() {
    nextName();
    return result;
  }

  private void nextName() {
    if (names.hasNext()) {
      new Name(names.next()).ask();
      return;
    }
    result.completeExceptionally(failure == null ? Resolver.notFound(host, families) : failure);
  }

  /** The questions for one name. */
  private final class Name {
    private final String name;
    private final RecordType[] types = families.recordTypes();
    private final List<InetAddress> addresses = new ArrayList<>(4);
    private int asked;
    private int answered;
    private boolean finished;

    Name(String name) {
      this.name = name;
    }

    void ask() {
      int parallel = conf.singleRequest() ? 1 : types.length;
      while (asked < parallel) {
        askNext();
      }
    }

    private void askNext() {
      RecordType type = types[asked++];
      new Question(name, type).ask().whenComplete(this::onAnswered);
    }

    private void onAnswered(@Nullable List<InetAddress> found, @Nullable Throwable error) {
      if (finished || run.settled()) {
        return;
      }
      answered++;
      if (found != null) {
        addresses.addAll(found);
      } else {
        failure = error;
      }
      List<InetAddress> usable = Resolver.ordered(addresses, families);
      boolean enough = firstWillDo && !usable.isEmpty() && families.prefers(usable.get(0));
      if (answered < types.length && !enough) {
        if (asked < types.length) {
          askNext();
        }
        return;
      }
      finished = true;
      if (usable.isEmpty()) {
        nextName();
      } else {
        result.complete(usable);
      }
    }
  }

  /** One question, put to the name servers in turn until one of them knows. */
  private final class Question {
    private final String name;
    private final RecordType type;
    private final int firstServer = conf.rotate() ? resolver.nextRotation() : 0;
    private final CompletableFuture<List<InetAddress>> done = new CompletableFuture<>();
    private int turn;

    Question(String name, RecordType type) {
      this.name = name;
      this.type = type;
    }

    CompletionStage<List<InetAddress>> ask() {
      askNext();
      return done;
    }

    private InetSocketAddress server() {
      List<InetAddress> servers = conf.servers();
      return new InetSocketAddress(
          servers.get((firstServer + turn) % servers.size()), resolver.serverPort());
    }

    private void askNext() {
      InetSocketAddress server = server();
      DnsExchange.ask(
              run,
              resolver.transport(),
              server,
              new DnsQuestion(name, type, IDS.nextInt(ID_BOUND)),
              TimeUnit.SECONDS.toNanos(conf.timeoutSeconds()),
              conf.tcpOnly(),
              resolver.counts().of(server.getAddress().getHostAddress()))
          .whenComplete(this::onAnswer);
    }

    private void onAnswer(@Nullable DnsAnswer answer, @Nullable Throwable error) {
      if (run.settled()) {
        return;
      }
      if (answer != null && !answer.useless()) {
        done.complete(answer.addresses());
        return;
      }
      Throwable useless = answer == null ? error : DnsExchange.useless(server(), answer);
      turn++;
      if (turn < conf.attempts() * conf.servers().size()) {
        askNext();
      } else {
        done.completeExceptionally(useless == null ? new IllegalStateException() : useless);
      }
    }
  }
}
