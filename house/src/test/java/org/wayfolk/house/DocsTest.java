package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents say of the build and of the map is compared with the build and the plan. */
final class DocsTest {

  private static final Pattern TEST_COMMAND = Pattern.compile("(?m)^mvn .*verify$");

  private static List<String> missingRooms(FloorPlan plan, String map) {
    return plan.rooms().stream()
        .filter(r -> r.module().equals("overlay") || r.module().equals("messenger"))
        .map(r -> "| %d | `%s` |".formatted(r.floor(), r.pack().replace("org.wayfolk.", "")))
        .filter(line -> !map.contains(line))
        .toList();
  }

  private static List<String> commandsThatCiDoesNotRun(String readme, String ci) {
    return TEST_COMMAND
        .matcher(readme)
        .results()
        .map(m -> m.group())
        .filter(c -> !ci.contains("test_command=(" + c + ")"))
        .toList();
  }

  @Test
  void theMapShowsEveryRoomOnItsFloor() throws IOException {
    String map = Tree.here().read(Path.of("ARCHITECTURE.md"));
    assertThat(missingRooms(FloorPlan.WAYFOLK, map)).isEmpty();
  }

  @Test
  void ciRunsTheCommandOfTheReadme() throws IOException {
    Tree tree = Tree.here();
    String readme = tree.read(Path.of("README.md"));
    assertThat(TEST_COMMAND.matcher(readme).results()).hasSize(1);
    assertThat(commandsThatCiDoesNotRun(readme, tree.read(Path.of(".ci/run")))).isEmpty();
  }

  @Test
  void canaryARoomThatTheMapLacksOrMisplacesIsFound() {
    FloorPlan plan =
        new FloorPlan(
            Map.of("overlay", 1),
            List.of(
                new FloorPlan.Room("org.wayfolk.id", "overlay", 0),
                new FloorPlan.Room("org.wayfolk.wire", "overlay", 1)));
    assertThat(missingRooms(plan, "| 0 | `id` | x |\n| 2 | `wire` | x |"))
        .containsExactly("| 1 | `wire` |");
  }

  @Test
  void canaryACommandThatCiDoesNotRunIsFound() {
    assertThat(commandsThatCiDoesNotRun("mvn -B verify", "test_command=(mvn -B -q verify)"))
        .containsExactly("mvn -B verify");
  }
}
