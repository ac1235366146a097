package io.sonde.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that can be asked, and changes nothing. */
@FunctionalInterface
interface Question {
  /**
   * Answers on a background thread.
   *
   * @param rest what the path has behind that of the question; empty if nothing
   * @return a JSON object
   * @throws RefusedException if the question is wrong, or there is no answer
   */
  Map<String, @Nullable Object> answer(Parameters parameters, String rest) throws RefusedException;
}
