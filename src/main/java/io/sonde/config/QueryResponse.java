package io.sonde.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a dialogue: wait, then send, then perhaps upgrade.
 *
 * @param expect what to wait for; null means nothing. Excludes {@code expectBytes}
 * @param expectBytes exact bytes to wait for; empty means none
 * @param labels labels of {@code probe_expect_info} if {@code expect} matches; null means no such
 *     metric
 * @param send what to send; refers to groups of the match as {@code ${1}} if {@code expect} is set
 * @param startTls whether the connection is upgraded to TLS after this step
 */
public record QueryResponse(
    @Nullable Regex expect,
    Bytes expectBytes,
    @Nullable List<LabelTemplate> labels,
    Bytes send,
    boolean startTls) {
  public QueryResponse {
    labels = labels == null ? null : List.copyOf(labels);
  }
}
