package io.warmlead.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.warmlead.config.SettingsLoader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalGuessTest {
  private static final SignalGuess GUESS =
      new SignalGuess(SettingsLoader.load(List.of(), List.of()).signals().catalogue());

  @ParameterizedTest
  @CsvSource({
    "Newsletter opt-out,       unknown,  unsubscribe",
    "User Unsubscribed,        unknown,  unsubscribe",
    "Newsletter sent,          outbound, outreach_sent",
    "Newsletter Signup,        unknown,  newsletter_signup",
    "Visited pricing page,     unknown,  pricing_view",
    "Clicked link in mail,     unknown,  email_click",
    "Opened mail,              unknown,  email_open",
    "Asked for demo,           unknown,  demo_request",
    "DemoBooked,               unknown,  demo_request",
    "Downloaded case study,    unknown,  case_study_download",
    "Visited homepage,         unknown,  page_view",
    "Page visited,             unknown,  page_view",
  })
  void wordsOfAnEventNameItsSignal(String event, String direction, String signal) {
    assertEquals(
        "{ event = \"" + event + "\", signal = " + signal + " }", GUESS.rule(event, direction));
  }

  @ParameterizedTest
  @CsvSource({"Chatted with bot", "xyz-42", "demo_watched"})
  void whatNoWordTellsIsLeftToThePerson(String event) {
    assertEquals(
        "# { event = \"" + event + "\", signal = page_view }   its name tells nothing",
        GUESS.rule(event, "unknown"));
  }
}
