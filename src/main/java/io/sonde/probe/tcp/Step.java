package io.sonde.probe.tcp;

import io.sonde.config.Bytes;
import io.sonde.config.LabelTemplate;
import io.sonde.config.QueryResponse;
import io.sonde.config.Regex;
import io.sonde.net.dialogue.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dialogue, compiled.
 *
 * @param number from 1
 * @param expect what a line must match; null if none is waited for
 * @param expectBytes what must come; empty if nothing in particular is waited for
 * @param labels what a match tells; null if nothing
 * @param send what to say then, without the line feed that ends it; says nothing if it turns out
 *     empty
 * @param startsTls whether TLS begins after that
 */
record Step(
    int number,
    @Nullable Regex expect,
    Bytes expectBytes,
    @Nullable ExpectLabels labels,
    Template send,
    boolean startsTls) {
  static Step of(int number, QueryResponse entry) {
    Regex expect = entry.expect();
    List<LabelTemplate> labels = entry.labels();
    return new Step(
        number,
        expect,
        entry.expectBytes(),
        expect == null || labels == null ? null : ExpectLabels.of(labels, expect),
        Template.of(entry.send(), expect),
        entry.startTls());
  }
}
