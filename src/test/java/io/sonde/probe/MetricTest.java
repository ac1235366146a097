package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  private final List<String> names =
      Arrays.stream(Metric.values()).map(Metric::metricName).toList();

  @Test
  void theCatalogueIsSortedByName() {
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Test
  void aNameExistsOnce() {
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void everyNameIsOneThatPrometheusTakes() {
    for (String name : names) {
      assertTrue(name.matches("probe_[a-z0-9_]+[a-z0-9]"), name);
    }
  }

  @Test
  void labelsAreSortedAndUnique() {
    for (Metric metric : Metric.values()) {
      List<String> labels = metric.labelNames();
      assertEquals(labels.stream().distinct().sorted().toList(), labels, metric::metricName);
    }
  }

  @Test
  void everyFamilyExplainsItself() {
    for (Metric metric : Metric.values()) {
      assertFalse(metric.help().isBlank(), metric::metricName);
      assertFalse(metric.help().contains("\n"), metric::metricName);
    }
  }

  @Test
  void phasesAndReasonsAreLabelValuesInLowerCase() {
    for (Phase phase : Phase.values()) {
      assertTrue(phase.label().matches("[a-z]+"), phase.label());
    }
    for (Reason reason : Reason.values()) {
      assertTrue(reason.label().matches("[a-z]+(_[a-z]+)*"), reason.label());
    }
  }
}
