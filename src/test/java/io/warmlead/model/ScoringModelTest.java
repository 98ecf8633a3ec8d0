package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScoringModelTest {
  private static final String LINEAR = Snapshots.model(Snapshots.linear()).toJson();
  private static final String TREES = Snapshots.model(new RandomTrees(5, 5).forest(3, 4)).toJson();

  static Stream<String> models() {
    return Stream.of(LINEAR, TREES);
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsWrittenIsReadBackToTheLastBit(String json) {
    ScoringModel model = ScoringModel.fromJson(json);
    assertThat(model.toJson()).isEqualTo(json);
    assertThat(ScoringModel.fromJson(model.toJson())).isEqualTo(model);
  }

  @Test
  void aVersionChangesTheNameAlone() {
    ScoringModel model = ScoringModel.fromJson(TREES);
    assertThat(model.withVersion("v2").version()).isEqualTo("v2");
    assertThat(model.withVersion("v2").withVersion("v1")).isEqualTo(model);
  }

  @Test
  void theDigestIsSha256() {
    assertThat(ScoringModel.digest("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\":3|\"format\":1|model format 1",
        "\"format\":3|\"format\":3,\"extra\":0|extra",
        "\"version\":\"v1\",||version",
        "\"version\":\"v1\"|\"version\":null|version",
        "\"version\":\"v1\"|\"version\":\"v1\",\"version\":\"v2\"|uplicate",
        "\"slope\":0.9|\"slope\":-0.9|slope must be positive",
        "\"slope\":0.9|\"slope\":\"NaN\"|slope",
        "\"slope\":0.9|\"slope\":1e999|slope",
        "\"slope\":0.9|\"slope\":null|slope",
        "\"slope\":0.9|\"slope\":\"0.9\"|slope",
        "\"family\":\"logistic_regression\"|\"family\":\"java.lang.Object\"|java.lang.Object",
        "\"means\":[1.0,|\"means\":[|coefficients",
        "\"means\":[1.0,|\"means\":[null,|",
        "\"scale\":\"LOG\"|\"scale\":\"CUBIC\"|CUBIC",
        "\"horizon\":\"PT672H\"|\"horizon\":\"soon\"|horizon",
        "\"hot\":0.4|\"hot\":0.04|tier thresholds",
      })
  void tamperedFilesAreRefusedWithTheReason(String was, String becomes, String reason) {
    String tampered = LINEAR.replace(was, becomes == null ? "" : becomes);
    assertThat(tampered).isNotEqualTo(LINEAR);
    assertThatThrownBy(() -> ScoringModel.fromJson(tampered))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("This is not a model")
        .hasMessageContaining(reason == null ? "" : reason);
  }

  @ParameterizedTest
  @CsvSource({"''", "null", "{}", "'[]'", "'{\"format\":3'"})
  void whatIsNoModelIsRefused(String json) {
    assertThatThrownBy(() -> ScoringModel.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("This is not a model");
  }

  @Test
  void trailingTextIsRefused() {
    assertThatThrownBy(() -> ScoringModel.fromJson(LINEAR + "{}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void treesThatRunInCirclesOrAskAboutUnknownFeaturesAreRefused() {
    assertThatThrownBy(() -> tree(List.of(0, -1, -1), List.of(1, 0, 0), List.of(1, 0, 0)))
        .hasMessageContaining("parents");
    assertThatThrownBy(() -> tree(List.of(0, 0, -1), List.of(1, 0, 0), List.of(2, 1, 0)))
        .hasMessageContaining("impossible child");
    Tree outside = tree(List.of(5, -1, -1), List.of(1, 0, 0), List.of(2, 0, 0));
    assertThatThrownBy(() -> Snapshots.model(new TreePredictor(List.of(outside))))
        .hasMessageContaining("feature 5 of 5");
  }

  private static Tree tree(List<Integer> feature, List<Integer> left, List<Integer> right) {
    List<Double> numbers = List.of(1.0, 1.0, 1.0);
    return new Tree(feature, numbers, left, right, numbers, numbers);
  }
}
