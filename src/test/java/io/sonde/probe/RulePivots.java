package io.sonde.probe;

import static io.sonde.probe.Pivot.http;

import io.sonde.config.PolicyPreset;
import java.util.List;

/** Ways around what somebody wrote into the policy. */
final class RulePivots {
  private RulePivots() {}

  static List<Pivot> all() {
    return List.of(
        http(
            "a denied block, behind the unspecified address",
            "rule deny[0] (cidr: 127.0.0.0/8)",
            scene ->
                scene
                    .policy("deny: [{cidr: 127.0.0.0/8}]")
                    .target("http://0.0.0.0:" + scene.port())),
        http(
            "a denied block that a rule allows as well",
            "rule deny[0]",
            scene ->
                scene
                    .policy("deny: [{cidr: 127.0.0.1}]")
                    .allow("scheme: http")
                    .target("http://127.0.0.1:" + scene.port())),
        http(
            "a denied port",
            "rule deny[0] (port: 1024-65535)",
            scene ->
                scene
                    .policy("deny: [{port: 1024-65535}]")
                    .target("http://127.0.0.1:" + scene.port())),
        http(
            "a denied scheme, behind a redirect",
            "rule deny[0] (scheme: https)",
            scene ->
                scene
                    .policy("deny: [{scheme: https}]")
                    .redirecting(302, "https://127.0.0.1:<port>/")),
        http(
            "a denied name, in upper case and with a final dot",
            "rule deny[0] (host: *.corp.example)",
            scene ->
                scene
                    .policy("deny: [{host: \"*.corp.example\"}]")
                    .knowing("db.corp.example", "127.0.0.1")
                    .target("http://DB.Corp.EXAMPLE.:" + scene.port())),
        http(
                "a denied name in `hostname`",
                "rule deny[0] (host: *.corp.example)",
                scene ->
                    scene
                        .policy("deny: [{host: \"*.corp.example\"}]")
                        .target("http://127.0.0.1:" + scene.port())
                        .hostname("db.corp.example"))
            .in(Phase.SETUP),
        http(
            "what is not allowed, where the default is deny",
            "no rule of allow is about it",
            scene ->
                scene
                    .policy("default: deny, deny: []")
                    .allow("port: 1")
                    .target("http://127.0.0.1:" + scene.port())),
        http(
            "an allowed name whose address the preset denies",
            "127.0.0.0/8 (this machine)",
            scene ->
                scene
                    .policy("preset: remote, default: deny, allow: [{host: \"*.corp.example\"}]")
                    .knowing("evil.corp.example", "127.0.0.1")
                    .target("http://evil.corp.example:" + scene.port())),
        http(
            "an allowed address that the command line forbids",
            "preset remote denies",
            scene ->
                scene
                    .policy("preset: remote")
                    .demanding(PolicyPreset.REMOTE)
                    .allow("scheme: http")
                    .target("http://127.0.0.1:" + scene.port())),
        new Pivot(
            "a denied path, with detours",
            "unix",
            Phase.CONNECT,
            "rule deny[0]",
            scene ->
                scene
                    .module("prober: unix")
                    .policy("deny: [{host: \"*/door\"}]")
                    .behindDoor(RulePivots::detour)));
  }

  private static String detour(String path) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    return folder + "/./.." + folder.substring(folder.lastIndexOf('/')) + "//door";
  }
}
