package io.warmlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are wrong, or meant to do harm, are refused by name before anything starts. */
final class HostileSettingsTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inputs.engagements.where       | inputs.engagements.where=1 = 1; DROP TABLE leads
          inputs.engagements.where       | inputs.engagements.where=lead_id IN (SELECT lead_id FROM leads)
          inputs.engagements.where       | inputs.engagements.where=lead_id = 'a' UNION SELECT 1
          inputs.leads.where             | inputs.leads.where=EXISTS (SELECT 1)
          inputs.leads.where             | inputs.leads.where=lead_id = 'open
          inputs.outcomes.where          | inputs.outcomes.where=) OR (1 = 1
          inputs.outcomes.where          | inputs.outcomes.where=
          inputs.engagements.where       | inputs.engagements.where=java_method('java.lang.System', 'exit', '0') = ''
          inputs.engagements.where       | inputs.engagements.where=reflect('java.lang.Runtime', 'getRuntime') IS NULL
          inputs.engagements.path        | inputs.engagements.path=
          inputs.engagements.path        | inputs.engagements.path=[a.csv, " "]
          inputs.engagements.path        | inputs.engagements.path={ a = b }
          inputs.engagements.format      | inputs.engagements.format=jdbc
          inputs.engagements.columns     | inputs.engagements.columns.lead_id=
          inputs.engagements.zone        | inputs.engagements.zone=../../etc/localtime
          inputs.outcomes.decimal        | inputs.outcomes.decimal=^0-9
          inputs.engagements.duplicates  | inputs.engagements.duplicates=maybe
          run.zone                       | run.zone=UTC'; DROP TABLE leads; --
          run.zone                       | run.zone=+99:00
          run.business_hours.from        | run.business_hours.from=-1
          run.business_hours.to          | run.business_hours.to=25
          run.business_hours.days        | run.business_hours.days=[SOMEDAY]
          conversion.horizon             | conversion.horizon=-5 days
          conversion.horizon             | conversion.horizon=99999999999 days
          conversion.horizon             | conversion.horizon=100000 days
          conversion.outcomes            | conversion.outcomes=won
          conversion.closes_lead         | conversion.closes_lead=perhaps
          temperature.hysteresis         | temperature.hysteresis=NaN
          temperature.hot_probability    | temperature.hot_probability=1e999
          temperature.hot_probability    | temperature.hot_probability=-0.1
          temperature.scale              | temperature.scale=0
          temperature.warm_window        | temperature.warm_window=0 days
          temperature.levels             | temperature.levels={ page_view = -1 }
          model.max_rows                 | model.max_rows=999999999999999999999
          model.max_rows                 | model.max_rows=-1
          model.seed                     | model.seed=many
          model.families                 | model.families=[java.lang.Runtime]
          model.reasons                  | model.reasons=-3
          decay.forecast_days            | decay.forecast_days=[-7]
          decay.silence_buckets_days     | decay.silence_buckets_days=[7, 3]
          nurture.fatigue                | nurture.fatigue.touches=-1
          signals.map                    | signals.map=[{ event = "/(a+/", signal = ignore }]
          signals.map                    | signals.map=[{ event = x }]
          signals.catalogue              | signals.catalogue={ "x'; --" = 5 }
          lake.catalog                   | lake.catalog=main
          lake.path                      | lake.path=
          erase.key_file                 | erase.key_file=
          inputs.leads.path              | inputs.leads.path=https://me:hunter2@host/leads.csv
          inputs.outcomes.path           | inputs.outcomes.path=[a.csv, "https://host/leads.csv?v=1&sig=hunter2"]
          lake.path                      | lake.path=ftp://me:hunter2@host/lake
          sparkk                         | sparkk.sql.extensions=evil
          """)
  void areRefusedByName(String key, String assignment) {
    assertThatThrownBy(() -> SettingsLoader.load(List.of(), List.of(assignment)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key)
        .hasMessageNotContaining("hunter2")
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThan(6));
  }
}
