package io.warmlead.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The saved form of a model, read strictly: what is not understood is refused. */
final class ModelJson {
  private static final JsonMapper MAPPER = mapper();

  private ModelJson() {}

  static String write(ScoringModel model) {
    try {
      return MAPPER.writeValueAsString(model);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot write model " + model.version(), impossible);
    }
  }

  static ScoringModel read(String json) {
    try {
      ScoringModel model = MAPPER.readValue(json, ScoringModel.class);
      Require.that(model != null, "it is empty");
      return model;
    } catch (JsonProcessingException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "This is not a model that this version can read: " + reason(wrong), wrong);
    }
  }

  /** What is wrong and where, without the names of classes. */
  private static String reason(Exception wrong) {
    if (wrong instanceof JsonMappingException unmapped) {
      String place =
          unmapped.getPath().stream()
              .map(Reference::getFieldName)
              .filter(Objects::nonNull)
              .collect(Collectors.joining("."));
      return (place.isEmpty() ? "" : place + ": ") + unmapped.getOriginalMessage();
    }
    return wrong instanceof JsonProcessingException unreadable
        ? unreadable.getOriginalMessage()
        : wrong.getMessage();
  }

  static String digest(String json) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static JsonMapper mapper() {
    SimpleModule times = new SimpleModule("times");
    times.addSerializer(Instant.class, new ToStringSerializer(Instant.class));
    times.addSerializer(Duration.class, new ToStringSerializer(Duration.class));
    times.addDeserializer(Instant.class, new Parsed<>(Instant.class, Instant::parse));
    times.addDeserializer(Duration.class, new Parsed<>(Duration.class, Duration::parse));
    return JsonMapper.builder()
        .addModule(times)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Float,
            floats -> floats.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
        .build();
  }

  /** A value that stands in JSON as text. */
  private static final class Parsed<T> extends FromStringDeserializer<T> {
    private final transient Function<String, T> parse;

    Parsed(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return parse.apply(text);
    }
  }
}
