package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records whose equality is written by hand: no component of theirs may be forgotten. */
class HandWrittenEqualityTest {
  /** For each type of a component, a value that the defaults do not have. */
  private static final Map<Class<?>, Object> OTHERS =
      Map.of(
          String.class,
          "other",
          boolean.class,
          true,
          Secret.class,
          Secret.of("other"),
          Source.class,
          Source.file("other"),
          TlsVersion.class,
          TlsVersion.TLS13);

  static Stream<Record> defaults() {
    return Stream.of(Source.NONE, TlsSpec.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void equalComponentsMakeEqualRecords(Record record) throws ReflectiveOperationException {
    Record copy = copy(record, -1);
    assertEquals(record, copy);
    assertEquals(record.hashCode(), copy.hashCode());
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void everyComponentCounts(Record record) throws ReflectiveOperationException {
    for (int i = 0; i < record.getClass().getRecordComponents().length; i++) {
      assertNotEquals(record, copy(record, i));
      assertNotEquals(record.hashCode(), copy(record, i).hashCode());
    }
  }

  /** The same components, but for the one at {@code changed}. */
  private static Record copy(Record record, int changed) throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] =
          i == changed
              ? OTHERS.get(components[i].getType())
              : components[i].getAccessor().invoke(record);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return record.getClass().getDeclaredConstructor(types).newInstance(values);
  }
}
