package org.wayfolk.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of newcomers: from two homes that have never been up to a first delivered message. */
@Tag("browser")
final class NewcomerTest {
  /** The goal, after the build; three times that is asserted. */
  private static final double GOAL_SECONDS = 60;

  @RegisterExtension static final Stage stage = new Stage();

  private Person newcomer(LiveHome home, String name) throws Exception {
    Person person = Person.at(home, stage.tab()).begin(name);
    stage.step(name + " is through the first run");
    return person;
  }

  private void write(Person from, Person to) {
    from.say("Did you get here all right?");
    assertThat(to.line("Did you get here all right?")).isVisible();
    from.awaitArrival("Did you get here all right?");
    stage.step("the first message is delivered, and both pages say so");
    to.say("Yes, without any account.");
    assertThat(from.line("Yes, without any account.")).isVisible();
    to.awaitArrival("Yes, without any account.");
    stage.step("and the answer");
    System.out.printf("newcomer: %.1f s, goal %.0f s%n", stage.seconds(), GOAL_SECONDS);
    assertThat(stage.seconds()).isLessThan(3 * GOAL_SECONDS);
  }

  @Test
  void byALinkFromTwoFreshHomesToTheFirstDeliveredMessage() throws Exception {
    LiveHome one = stage.home("anna");
    LiveHome other = stage.home("boris");
    CompletableFuture.allOf(one.begin(), other.begin()).join();
    stage.step("both are up");
    Person anna = newcomer(one, "Anna");
    Person boris = newcomer(other, "Boris");
    String link = anna.link();
    stage.step("Anna has an invitation");
    boris.acceptLink(link);
    stage.step("Boris has accepted");
    anna.page().getByText("Boris accepted").waitFor();
    anna.button("Write to Boris").click();
    write(anna, boris);
  }

  @Test
  void byFiveSpokenWordsFromTwoFreshHomesToTheFirstDeliveredMessage() throws Exception {
    LiveHome third = stage.home("mia").up();
    LiveHome one = stage.home("anna", "--join", third.peer());
    LiveHome other = stage.home("boris", "--join", third.peer());
    CompletableFuture.allOf(one.begin(), other.begin()).join();
    stage.step("three are up");
    Person anna = newcomer(one, "Anna");
    Person boris = newcomer(other, "Boris");
    String code = anna.code();
    stage.step("Anna says: " + code);
    boris.acceptCode(code);
    stage.step("Boris has accepted");
    anna.page().getByText("Boris accepted").waitFor();
    anna.button("Write to Boris").click();
    write(anna, boris);
  }

  @Test
  void whoWasInvitedMeetsDuringTheFirstRun() throws Exception {
    LiveHome one = stage.home("anna");
    LiveHome other = stage.home("boris");
    CompletableFuture.allOf(one.begin(), other.begin()).join();
    Person anna = newcomer(one, "Anna");
    Person boris = Person.at(other, stage.tab());
    boris.begin("Boris", "", anna.link());
    anna.page().getByText("Boris accepted").waitFor();
    anna.button("Write to Boris").click();
    if (boris.page().url().contains("accept")) {
      boris.open("Anna");
    }
    boris.composer().waitFor();
    write(anna, boris);
  }
}
