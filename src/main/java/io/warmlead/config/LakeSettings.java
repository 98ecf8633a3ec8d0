package io.warmlead.config;

import java.util.Optional;

/** Where the tables live: a folder, or a catalog and schema. Exactly one of them. */
public record LakeSettings(
    Optional<String> path, Optional<String> catalog, Optional<String> schema) {

  public LakeSettings {
    path.ifPresent(value -> Check.place("lake.path", value));
    catalog.ifPresent(value -> Check.notBlank("lake.catalog", value));
    schema.ifPresent(value -> Check.notBlank("lake.schema", value));
    if (path.isPresent() && (catalog.isPresent() || schema.isPresent())) {
      throw new SettingsException(
          "lake.path and lake.catalog are both given: the tables can live in one place only.");
    }
    if (catalog.isPresent() != schema.isPresent()) {
      throw new SettingsException("lake.catalog and lake.schema belong together: give both.");
    }
  }
}
