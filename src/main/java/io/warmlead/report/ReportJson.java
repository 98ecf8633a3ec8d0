package io.warmlead.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Records as JSON objects in one line: names as those of columns, ISO dates and instants, null for
 * what is not known or not a number.
 */
final class ReportJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule("report")
                  .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                  .addSerializer(LocalDate.class, new ToStringSerializer(LocalDate.class))
                  .addSerializer(new OrNull())
                  .addSerializer(new FiniteOrNull()))
          .build();

  private ReportJson() {}

  static String line(Object told) {
    try {
      return MAPPER.writeValueAsString(told);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "cannot write a " + told.getClass().getSimpleName() + " as JSON", impossible);
    }
  }

  /** An optional value as the value or null. */
  private static final class OrNull extends StdSerializer<Optional<?>> {
    OrNull() {
      super(Optional.class, false);
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.orElse(null), json);
    }
  }

  /** JSON has no infinity. */
  private static final class FiniteOrNull extends StdSerializer<Double> {
    FiniteOrNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }
}
