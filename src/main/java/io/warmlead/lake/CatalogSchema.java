package io.warmlead.lake;

import io.warmlead.config.SettingsException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.catalog.DeltaTableV2;

/** One schema of Spark's own catalog: whether it is there, and what it knows. */
final class CatalogSchema {
  private static final String CATALOG = "spark_catalog";
  private static final String INSTEAD = " Or give lake.path, a folder, instead.";

  private final SparkSession spark;
  private final String schema;

  /**
   * Opens the catalog; the schema need not be there.
   *
   * @throws SettingsException when it is another one, or forgets everything when the run ends
   */
  CatalogSchema(org.apache.spark.sql.SparkSession spark, String catalog, String schema) {
    this.spark = (SparkSession) spark;
    this.schema = schema;
    if (!catalog.equals(CATALOG)) {
      throw new SettingsException(
          "lake.catalog = "
              + catalog
              + ": must be spark_catalog, for Delta makes and merges tables of no other catalog by"
              + " their names."
              + INSTEAD);
    }
    if (this.spark.sharedState().externalCatalog().unwrapped() instanceof InMemoryCatalog) {
      throw new SettingsException(
          "lake.catalog = spark_catalog: here this catalog lives in memory, and forgets the tables"
              + " when the run ends. Let Spark use a metastore, with a Spark that has Hive"
              + " (SPARK_HOME) and --conf spark.sql.catalogImplementation=hive in"
              + " WARMLEAD_SUBMIT_ARGS."
              + INSTEAD);
    }
  }

  /**
   * Makes sure that the schema is there.
   *
   * @throws SettingsException when it is not
   */
  void requireThere() {
    if (!isThere()) {
      throw new SettingsException(
          "lake.schema = "
              + schema
              + ": there is no such schema in the catalog "
              + CATALOG
              + ". Check the name; the first night makes it.");
    }
  }

  /**
   * Makes the schema where there is none.
   *
   * @throws SettingsException when that cannot be done
   */
  void make() {
    if (isThere()) {
      return;
    }
    try {
      spark.sql("CREATE SCHEMA IF NOT EXISTS " + name());
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      throw new SettingsException(
          "lake.schema = "
              + schema
              + ": there is no such schema in the catalog "
              + CATALOG
              + ", and it cannot be made: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + " Make it, with a location that this user may write.");
    }
  }

  private boolean isThere() {
    return namespaces().namespaceExists(new String[] {schema});
  }

  /**
   * Where the schema keeps its files.
   *
   * @throws SettingsException when it is not there, or does not say
   */
  String folder() {
    try {
      return Optional.ofNullable(
              namespaces()
                  .loadNamespaceMetadata(new String[] {schema})
                  .get(SupportsNamespaces.PROP_LOCATION))
          .orElseThrow(
              () ->
                  new SettingsException(
                      "lake.schema = "
                          + schema
                          + ": the catalog names no location of it, and models, reports and the"
                          + " lease need a folder. Make it with one: CREATE SCHEMA "
                          + name()
                          + " LOCATION 'URI'."
                          + INSTEAD));
    } catch (NoSuchNamespaceException e) {
      requireThere();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The log of a table; empty where there is no such table.
   *
   * @throws SettingsException when something else than a Delta table has its name
   */
  Optional<DeltaLog> log(String table) {
    if (!isThere()) {
      return Optional.empty();
    }
    try {
      if (tables().loadTable(Identifier.of(new String[] {schema}, table))
          instanceof DeltaTableV2 delta) {
        return Optional.of(delta.deltaLog());
      }
      throw new SettingsException(
          "lake.schema = "
              + schema
              + ": "
              + name(table)
              + " is there, and is no Delta table. Give the tables a schema of their own.");
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private SupportsNamespaces namespaces() {
    return (SupportsNamespaces) tables();
  }

  private TableCatalog tables() {
    return (TableCatalog) spark.sessionState().catalogManager().catalog(CATALOG);
  }

  /** A table of it, in SQL text. */
  String name(String table) {
    return name() + "." + Sql.name(table);
  }

  /** A table of it, as Delta's own functions want it: they refuse names of three parts. */
  String deltaName(String table) {
    return Sql.name(schema) + "." + Sql.name(table);
  }

  private String name() {
    return CATALOG + "." + Sql.name(schema);
  }

  @Override
  public String toString() {
    return CATALOG + "." + schema;
  }
}
