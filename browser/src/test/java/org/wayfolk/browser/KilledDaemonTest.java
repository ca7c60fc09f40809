package org.wayfolk.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The daemon is killed while its page is open. */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // each test begins with its scene
final class KilledDaemonTest {
  /** How soon the page shall say so; three times that is asserted. */
  private static final Duration SAID = Duration.ofSeconds(2);

  private static final int MESSAGES = 40;
  private static final String STOPPED = "Wayfolk is not running on this computer";

  @RegisterExtension static final Stage stage = new Stage();

  private LiveHome one;
  private LiveHome other;
  private Person anna;

  /** Texts that stood in the conversation before this test, all of them arrived. */
  private int earlier;

  /** What has come to Boris in this test. */
  private List<String> arrived() throws Exception {
    return since(other);
  }

  private List<String> since(LiveHome home) throws Exception {
    List<String> all = Meeting.texts(home, Meeting.cardOfFriend(home));
    return all.subList(earlier, all.size());
  }

  private void scene() throws Exception {
    Meeting.Pair friends = stage.friends();
    one = friends.one();
    other = friends.other();
    earlier = 0;
    earlier = arrived().size();
    // What the browser itself says of a server that is gone is no complaint here.
    Tab tab = stage.tab().allow("WebSocket connection to").allow("net::ERR_CONNECTION_");
    anna = Person.at(one, tab).open("Boris");
    stage.step("Anna's page is open");
  }

  @Test
  void thePageSaysSoSoonAndComesBackByItself() throws Exception {
    scene();
    anna.composer().fill("Half a sent");
    long killed = System.nanoTime();
    one.kill();
    anna.page().getByText(STOPPED).first().waitFor();
    Duration said = Duration.ofNanos(System.nanoTime() - killed);
    System.out.printf("killed: said after %d ms, goal %d ms%n", said.toMillis(), SAID.toMillis());
    assertThat(said).isLessThan(SAID.multipliedBy(3));
    assertThat(anna.composer()).isEditable();
    anna.composer().pressSequentially("ence");
    one.up();
    long up = System.nanoTime();
    assertThat(anna.page().getByText(STOPPED)).hasCount(0);
    System.out.printf("killed: back %d ms after up%n", (System.nanoTime() - up) / 1_000_000);
    assertThat(anna.composer()).hasValue("Half a sentence");
    anna.composer().press("Enter");
    anna.awaitArrival("Half a sentence");
    assertThat(arrived()).containsExactly("Half a sentence");
  }

  @Test
  void aScreenThatWasNotFetchedYetShowsItselfWhenTheDaemonIsBack() throws Exception {
    scene();
    anna.page().reload();
    one.kill();
    anna.page().getByText(STOPPED).first().waitFor();
    anna.go("#/settings");
    one.up();
    anna.screen("settings");
    anna.go("#/help").screen("help");
  }

  @Test
  void nothingIsLostOrDoubledOverKillsWhileOneSends() throws Exception {
    scene();
    for (int i = 1; i <= MESSAGES; i++) {
      anna.say("Message " + i);
      switch (i % 10) {
        // In the middle of what was just sent, before any answer can have come.
        case 3 -> one.kill();
        case 7 -> assertThat(one.begin()).isNotCancelled();
        default -> anna.page().waitForTimeout(50);
      }
      if (i % 10 == 3) {
        stage.step("killed after message " + i);
      }
    }
    one.kill();
    one.up();
    List<String> all = IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "Message " + i).toList();
    Stage.until(Duration.ofMinutes(2), () -> arrived().size() >= MESSAGES);
    assertThat(arrived()).containsExactlyElementsOf(all);
    assertThat(since(one)).containsExactlyElementsOf(all);
    anna.awaitArrival("Message " + MESSAGES);
    assertThat(anna.texts().subList(earlier, earlier + MESSAGES)).containsExactlyElementsOf(all);
    assertThat(anna.texts()).hasSize(earlier + MESSAGES);
    stage.step("all " + MESSAGES + " arrived once, in order, over 5 kills");
  }

  @Test
  void whatWasSentWhileItWasOffOutlivesAReloadOfThePage() throws Exception {
    scene();
    one.kill();
    anna.page().getByText(STOPPED).first().waitFor();
    anna.say("Written while it was off");
    one.begin().join();
    anna.page().reload();
    anna.composer().waitFor();
    anna.awaitArrival("Written while it was off");
    assertThat(arrived()).containsExactly("Written while it was off");
  }

  @Test
  void aDraftSurvivesAReload() throws Exception {
    scene();
    anna.composer().pressSequentially("Not finished yet");
    anna.page().reload();
    assertThat(anna.composer()).hasValue("Not finished yet");
    anna.composer().pressSequentially(", still not");
    one.kill();
    one.up();
    anna.page().reload();
    assertThat(anna.composer()).hasValue("Not finished yet, still not");
    assertThat(arrived()).isEmpty();
  }
}
