package io.warmlead.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "viewed pricing {times} | has not viewed pricing | 0 | has not viewed pricing",
        "viewed pricing {times} | has not viewed pricing | 1 | viewed pricing once",
        "viewed pricing {times} | has not viewed pricing | 2 | viewed pricing twice",
        "viewed pricing {times} | has not viewed pricing | 7 | viewed pricing 7 times",
        "engaged {days} ago     | has never engaged      | 0 | engaged less than a day ago",
        "engaged {days} ago     | has never engaged      | 1.04 | engaged 1 day ago",
        "engaged {days} ago     | has never engaged      | 27.59 | engaged 28 days ago",
        "engaged {days} ago     | has never engaged      | 3650 | has never engaged",
        "source is webinar      | source is not webinar  | 1 | source is webinar",
        "source is webinar      | source is not webinar  | 0 | source is not webinar",
        "{percent} at weekends  | ''                     | 0.4 | 40 % at weekends",
        "activity is {trend}    | ''                     | -0.7 | activity is falling",
        "activity is {trend}    | ''                     | 0 | activity is steady",
        "{weight} calls of late | ''                     | 0 | 0 calls of late",
        "budget is {}           | ''                     | 12.345 | budget is 12.35",
      })
  void numbersAreSaidInWords(String text, String absent, double number, String said) {
    assertThat(new Phrase(text, absent).say(number)).isEqualTo(said);
  }
}
