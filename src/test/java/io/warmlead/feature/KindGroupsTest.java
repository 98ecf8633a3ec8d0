package io.warmlead.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A lead's reasons do not say the same thing of a signal, its family and its channel. */
final class KindGroupsTest {
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view", "referral", "email_open", "email_click", "event_attended"),
          List.of("site", "referral", "email", "event"),
          List.of("web", "referral", "E-Mail", "Events", "ads"),
          List.of(),
          Map.of(),
          false,
          List.of());

  @Test
  void aFamilyAndAChannelNamedLikeASignalShareItsReason() {
    assertThat(groups("received a referral", "engaged by referral", "engaged through referral"))
        .containsOnly("referral");
  }

  @Test
  void aChannelNamedLikeAFamilySharesItsReasonWhateverItsMarksAndEnding() {
    assertThat(groups("engaged with e-mails", "engaged through E-Mail"))
        .containsOnly("email family");
  }

  @Test
  void aFamilyOfWhichOneSignalBearsTheNameSharesItsReason() {
    assertThat(groups("attended an event", "engaged with events", "engaged through Events"))
        .containsOnly("event_attended");
    assertThat(groups("opened an e-mail")).containsOnly("email_open");
  }

  @Test
  void othersKeepReasonsOfTheirOwn() {
    assertThat(groups("visited the site")).containsOnly("page_view");
    assertThat(groups("engaged on the site")).containsOnly("site family");
    assertThat(groups("engaged through web")).containsOnly("channel web");
    assertThat(groups("engaged through ads")).containsOnly("channel ads");
  }

  private static List<String> groups(String... phrases) {
    List<String> groups = new ArrayList<>();
    for (String phrase : phrases) {
      List<Feature> saying =
          FeatureSet.of(PLAN).features().stream()
              .filter(feature -> feature.phrase().text().startsWith(phrase))
              .toList();
      assertThat(saying).as(phrase).isNotEmpty();
      saying.forEach(feature -> groups.add(feature.group()));
    }
    return groups;
  }
}
