package io.warmlead.table;

/** Where leads go after an asset, and what becomes of them. */
public final class NextSteps {
  private NextSteps() {}

  public static final TableContract TABLE =
      TableContract.named(
              "next_steps",
              "What leads touched by themselves next after an asset, and how many of them converted"
                  + " within the horizon. Leads that go further are further anyway: no proof that"
                  + " showing them the way makes them convert.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("asset", "STRING", "Page, paper, webinar or whatever the lead touched")
          .required("next_asset", "STRING", "The other asset that it touched next")
          .required("step_rank", "INT", "1 for the highest ci_low among the steps from this asset")
          .required(
              "leads",
              "BIGINT",
              "Leads that went this way within a horizon, a horizon ago or longer, each once;"
                  + " steps of fewer than decay.min_group_leads are left out")
          .required(
              "conversions", "BIGINT", "Of these, converted within the horizon of the next touch")
          .required("rate", "DOUBLE", "conversions / leads")
          .required("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of rate")
          .required("ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "asset_leads", "BIGINT", "Leads that touched the asset, a horizon ago or longer")
          .required(
              "asset_rate",
              "DOUBLE",
              "Share of these that converted within the horizon of their first touch of it")
          .required(
              "is_recommended",
              "BOOLEAN",
              "Whether it is the best step from this asset and better than asset_rate:"
                  + " next_step_asset of later nights")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "asset", "next_asset")
          .statistics("as_of", "asset")
          .check("counts", "conversions BETWEEN 0 AND leads")
          .build();
}
