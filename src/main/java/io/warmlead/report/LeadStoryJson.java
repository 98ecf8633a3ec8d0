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

/** One lead's story for programs: one object in one line, its names those of the columns. */
public final class LeadStoryJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule("story")
                  .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                  .addSerializer(LocalDate.class, new ToStringSerializer(LocalDate.class))
                  .addSerializer(new OrNull()))
          .build();

  private LeadStoryJson() {}

  /** The line; what is not known is null. */
  public static String of(LeadStory story) {
    try {
      return MAPPER.writeValueAsString(new Told(story, LeadAdvice.of(story)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot write the story of " + story.leadId(), impossible);
    }
  }

  /** A story, and what follows from it. */
  private record Told(
      @com.fasterxml.jackson.annotation.JsonUnwrapped LeadStory story, String toDo) {}

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
}
