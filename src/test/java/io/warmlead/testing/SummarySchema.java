package io.warmlead.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JSON schemas that the job ships. */
public final class SummarySchema {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public static final SummarySchema SUMMARY = new SummarySchema("summary");
  public static final SummarySchema BACKFILL = new SummarySchema("backfill");

  private final URI uri;
  private final Validator validator;
  private final JsonNode schema;

  private SummarySchema(String name) {
    this.uri = URI.create("urn:warmlead:" + name);
    String text = text("/io/warmlead/report/" + name + ".schema.json");
    this.validator =
        new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory())
            .withDialect(new Dialects.Draft2020Dialect())
            .createValidator();
    validator.registerSchema(uri, text);
    this.schema = parse(text);
  }

  /** What is wrong with a JSON text; nothing where it fits. */
  public List<String> faults(String json) {
    return validator.validate(uri, json).getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }

  /** Paths of properties that the schema does not know. */
  public List<String> undescribed(String json) {
    List<String> found = new ArrayList<>();
    walk(parse(json), schema, "", found);
    return found;
  }

  private void walk(JsonNode value, JsonNode described, String path, List<String> found) {
    JsonNode rules = resolve(described);
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(value.get(i), rules.path("items"), path + "/" + i, found);
      }
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(
              property -> {
                String at = path + "/" + property.getKey();
                JsonNode rule = rules.path("properties").path(property.getKey());
                if (!rule.isMissingNode()) {
                  walk(property.getValue(), rule, at, found);
                } else if (!rules.path("additionalProperties").isObject()) {
                  found.add(at);
                }
              });
    }
  }

  /** Follows a reference, also one beside null. */
  private JsonNode resolve(JsonNode rules) {
    JsonNode chosen = rules.path("oneOf").isArray() ? rules.path("oneOf").get(1) : rules;
    return chosen.has("$ref") ? schema.at(chosen.get("$ref").textValue().substring(1)) : chosen;
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = SummarySchema.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
