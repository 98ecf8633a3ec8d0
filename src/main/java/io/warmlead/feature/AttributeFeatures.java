package io.warmlead.feature;

import static io.warmlead.feature.FeatureList.words;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.Feature.Scale;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** Features of what a lead is. */
final class AttributeFeatures {
  private final FeatureList list;

  AttributeFeatures(FeatureList list) {
    this.list = list;
  }

  void add() {
    list.add(
        "tenure_days",
        Scale.SPLINE,
        "tenure",
        Phrase.of("known for {days}"),
        PointInTime.days(col("created_at"), col("as_of")));
    list.add(
        "is_referred",
        Scale.LINEAR,
        "referral",
        new Phrase("was referred", "was not referred"),
        when(col("referrer_id").isNotNull(), 1D).otherwise(0D));
    for (String name : list.plan().numbers()) {
      list.of(PlanColumn.attribute(name), () -> number(name));
    }
    list.plan()
        .levels()
        .forEach((name, known) -> list.of(PlanColumn.attribute(name), () -> category(name, known)));
  }

  private void number(String name) {
    Column number = LeadAttributes.number(name);
    list.add(
        name, Scale.SPLINE, name, Phrase.of(words(name) + " is {}"), coalesce(number, lit(0D)));
    list.add(
        name + "_is_missing",
        Scale.LINEAR,
        name,
        new Phrase(words(name) + " is missing", words(name) + " is given"),
        when(number.isNull(), 1D).otherwise(0D));
  }

  private void category(String name, List<String> known) {
    Column level = LeadAttributes.level(name, known);
    List<String> levels = new ArrayList<>(known);
    levels.removeAll(List.of(LeadAttributes.OTHER, LeadAttributes.MISSING));
    levels.add(LeadAttributes.OTHER);
    levels.add(LeadAttributes.MISSING);
    for (String one : levels) {
      list.add(
          name + "=" + one,
          Scale.LINEAR,
          name,
          new Phrase(words(name) + " is " + one, words(name) + " is not " + one),
          when(level.equalTo(one), 1D).otherwise(0D));
    }
  }
}
