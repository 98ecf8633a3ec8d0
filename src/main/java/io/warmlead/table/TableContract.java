package io.warmlead.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What one table of the lake promises: its columns, what makes a row unique, and which rules hold.
 *
 * @param name table name, also its folder below the lake
 * @param grain what one row stands for, and the meaning of the table, in one or two sentences
 * @param columns every column, in order
 * @param key columns that together are unique
 * @param partitionedBy partition columns, empty for none
 * @param statistics columns that file statistics are kept for; personal columns stay out, because
 *     statistics outlive the rows they describe
 * @param checks rule name to SQL predicate that every row satisfies
 */
public record TableContract(
    String name,
    String grain,
    List<ColumnContract> columns,
    List<String> key,
    List<String> partitionedBy,
    List<String> statistics,
    Map<String, String> checks) {

  public TableContract {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    partitionedBy = List.copyOf(partitionedBy);
    statistics = List.copyOf(statistics);
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    List<String> names = columns.stream().map(ColumnContract::name).toList();
    for (List<String> referred : List.of(key, partitionedBy, statistics)) {
      for (String column : referred) {
        if (!names.contains(column)) {
          throw new IllegalArgumentException("table " + name + " has no column " + column);
        }
      }
    }
  }

  /** Starts a contract; see {@link Builder}. */
  static Builder named(String name, String grain) {
    return new Builder(name, grain);
  }

  /** The schema that is written: order, types, nullability and comments. */
  public StructType schema() {
    return new StructType(
        columns.stream()
            .map(
                column ->
                    new StructField(
                            column.name(), column.dataType(), column.nullable(), Metadata.empty())
                        .withComment(column.comment()))
            .toArray(StructField[]::new));
  }

  /** Column names in order. */
  public List<String> columnNames() {
    return columns.stream().map(ColumnContract::name).toList();
  }

  /**
   * One column of a contract.
   *
   * @param type type in Spark's DDL notation
   */
  public record ColumnContract(String name, String type, boolean nullable, String comment) {

    /** Contracts are asked for their schema again and again, and parsing is slow. */
    private static final Map<String, DataType> PARSED = new ConcurrentHashMap<>();

    DataType dataType() {
      return PARSED.computeIfAbsent(type, DataType::fromDDL);
    }
  }

  /** Collects a contract line by line, so that a table reads like its own documentation. */
  static final class Builder {
    private final String name;
    private final String grain;
    private final List<ColumnContract> columns = new ArrayList<>();
    private List<String> key = List.of();
    private List<String> partitionedBy = List.of();
    private List<String> statistics = List.of();
    private final Map<String, String> checks = new LinkedHashMap<>();

    private Builder(String name, String grain) {
      this.name = name;
      this.grain = grain;
    }

    /** A column that is never NULL. */
    Builder required(String column, String type, String comment) {
      columns.add(new ColumnContract(column, type, false, comment));
      return this;
    }

    /** A column that may be NULL. */
    Builder optional(String column, String type, String comment) {
      columns.add(new ColumnContract(column, type, true, comment));
      return this;
    }

    Builder key(String... names) {
      key = List.of(names);
      return this;
    }

    Builder partitionedBy(String... names) {
      partitionedBy = List.of(names);
      return this;
    }

    Builder statistics(String... names) {
      statistics = List.of(names);
      return this;
    }

    Builder check(String rule, String predicate) {
      checks.put(rule, predicate);
      return this;
    }

    TableContract build() {
      return new TableContract(name, grain, columns, key, partitionedBy, statistics, checks);
    }
  }
}
