package org.wayfolk.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.home.CarriedFile;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.routing.Carried;

/** What a user agreed to carry, and what of it outlives the node. */
final class CarryingTest {
  @TempDir Path tmp;

  @Test
  void amountsAreReadAsPeopleWriteThem() throws Failure {
    assertThat(Carrying.parse("0")).isZero();
    assertThat(Carrying.parse("off")).isZero();
    assertThat(Carrying.parse("NONE")).isZero();
    assertThat(Carrying.parse("unlimited")).isEqualTo(Carried.NO_LIMIT);
    assertThat(Carrying.parse("1234")).isEqualTo(1_234);
    assertThat(Carrying.parse("200MB")).isEqualTo(200_000_000);
    assertThat(Carrying.parse("200 mb")).isEqualTo(200_000_000);
    assertThat(Carrying.parse("1.5G")).isEqualTo(1_500_000_000);
    assertThat(Carrying.parse("64b")).isEqualTo(64);
    assertThat(Carrying.parse("999999999999999TB")).isEqualTo(Carried.NO_LIMIT);
    for (String bad : new String[] {"", "MB", "-1", "2OOMB", "1e9", "1..5G", "5GB/s", "200 M B"}) {
      assertThatThrownBy(() -> Carrying.parse(bad)).as(bad).isInstanceOf(Failure.class);
    }
  }

  @Test
  void aNewHomeCarriesTheDefaultUntilItsUserSays() throws Failure {
    try (Home home = Home.open(tmp)) {
      assertThat(Carrying.perDay(home)).isEqualTo(200_000_000);
      home.keepCarryPerDay(5);
      home.keep("local:x", "ab", 1);
      assertThat(Carrying.perDay(home)).isEqualTo(5);
      home.keepCarryPerDay(Carried.NO_LIMIT);
    }
    assertThat(Home.look(tmp).carryPerDay()).hasValue(Carried.NO_LIMIT);
    assertThat(Home.look(tmp).port()).isEqualTo(1);
  }

  @Test
  void todaysFigureIsKeptWithItsDayAndWrittenOnlyWhenItChanged() throws Exception {
    FixedNode node = new FixedNode();
    Path file = tmp.resolve("carried");
    try (Home home = Home.open(tmp)) {
      Carrying carrying = new Carrying(node, home);
      node.carried = new Carried(100, 42, 1_000, true);
      carrying.save();
      assertThat(new CarriedFile(home).load()).isEqualTo(new CarriedFile.Figure(42, 1_000));
      Files.delete(file);
      carrying.save();
      assertThat(file).doesNotExist();
      node.carried = new Carried(100, 42, 2_000, true); // as much again, another day
      carrying.close();
      assertThat(new CarriedFile(home).load()).isEqualTo(new CarriedFile.Figure(42, 2_000));
    }
  }

  @Test
  void aNodeThatDoesNotAnswerAnyMoreOverwritesNothing() throws Exception {
    FixedNode node = new FixedNode();
    try (Home home = Home.open(tmp)) {
      new CarriedFile(home).save(new CarriedFile.Figure(7, 1_000));
      node.carried = new Carried(0, 0, 0, false);
      new Carrying(node, home).close();
      assertThat(new CarriedFile(home).load().bytes()).isEqualTo(7);
    }
  }

  @Test
  void aDamagedFigureIsNoneAndNoFailure() throws Exception {
    try (Home home = Home.open(tmp)) {
      String[] damaged = {
        "", "{", "[]", "{\"bytes\":-1,\"atMs\":1}", "{\"bytes\":\"x\"}", "x".repeat(5_000)
      };
      for (String text : damaged) {
        Files.writeString(tmp.resolve("carried"), text);
        assertThat(new CarriedFile(home).load()).as(text).isEqualTo(CarriedFile.Figure.NONE);
      }
    }
  }
}
