package io.sonde.net.tls;

import java.lang.reflect.Method;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The curves that an engine of the JDK may use; before Java 20 there is no way to say it. */
final class NamedGroups {
  private static final Logger logger = LoggerFactory.getLogger(NamedGroups.class);

  /** Whatever the JDK thinks best. */
  static final NamedGroups USUAL = new NamedGroups(List.of(), null);

  private final List<String> names;
  private final @Nullable Method setter;

  private NamedGroups(List<String> names, @Nullable Method setter) {
    this.names = names;
    this.setter = setter;
  }

  static NamedGroups of(List<String> names) {
    if (names.isEmpty()) {
      return USUAL;
    }
    try {
      return new NamedGroups(
          names, SSLParameters.class.getMethod("setNamedGroups", String[].class));
    } catch (NoSuchMethodException ignored) {
      logger.warn("curve_preferences has no effect: the TLS of Java knows it from Java 20 on");
      return USUAL;
    }
  }

  void apply(SSLEngine engine) {
    if (setter == null) {
      return;
    }
    SSLParameters parameters = engine.getSSLParameters();
    try {
      setter.invoke(parameters, (Object) names.toArray(new String[0]));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public method of the JDK can be called", e);
    }
    engine.setSSLParameters(parameters);
  }
}
