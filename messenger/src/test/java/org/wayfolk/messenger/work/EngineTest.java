package org.wayfolk.messenger.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.sim.SimHost;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.store.DiskWatch;
import org.wayfolk.store.Durability;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

class EngineTest {
  @TempDir Path dir;

  private final SimWorld world = new SimWorld(1);
  private final SimHost host = new SimHost(world);
  private final List<News> told = new ArrayList<>();
  private int commits;
  private Store store;
  private Engine engine;

  private record Happened(String what) implements News {}

  private static final class Notes implements Shelf {
    @Override
    public String name() {
      return "notes";
    }

    @Override
    public List<String> migrations() {
      return List.of("CREATE TABLE note (text TEXT NOT NULL) STRICT");
    }

    @Override
    public void rekey(Tx tx, Vault from, Vault to) {}
  }

  @BeforeEach
  void open() throws Exception {
    DiskWatch watch =
        new DiskWatch() {
          @Override
          public void committed() {
            commits++;
          }

          @Override
          public void checkpointing() {}

          @Override
          public void checkpointed() {}
        };
    store =
        Store.open(
            new StorePlan(
                dir.resolve("t.db"), List.of(new Notes()), host.random(), watch, Durability.FULL));
    engine = new Engine(host, store, told::add);
    world.run(Duration.ofMillis(1));
    commits = 0;
  }

  @AfterEach
  void close() throws Exception {
    engine.close();
    store.close();
  }

  private CompletableFuture<String> note(String text) {
    return engine.submit(t -> {
      t.tx().run("INSERT INTO note VALUES (?)", text);
      t.tell(new Happened(text));
      return text;
    });
  }

  private List<String> notes() {
    return engine.read((tx, vault) -> tx.list(r -> r.text("text"), "SELECT text FROM note"));
  }

  @Test
  void jobsThatWaitTogetherShareOneCommit() {
    for (int i = 0; i < 100; i++) {
      assertThat(note("n" + i)).isNotDone();
    }
    world.run(Duration.ofMillis(1));
    assertThat(notes()).hasSize(100);
    assertThat(told).hasSize(100);
    assertThat(commits).isEqualTo(1);
  }

  @Test
  void whatFollowsFromNewsIsInTheSameCommitAndUndoneWithIt() {
    engine.close();
    engine =
        new Engine(
            host,
            store,
            (t, news) -> {
              if (news instanceof Happened(String text)) {
                t.tx().run("INSERT INTO note VALUES (?)", "because of " + text);
                if (text.equals("bad")) {
                  throw new IllegalStateException("on purpose");
                }
              }
            },
            told::add);
    world.run(Duration.ofMillis(1));
    commits = 0;
    CompletableFuture<String> good = note("good");
    CompletableFuture<String> bad = note("bad");
    world.run(Duration.ofMillis(1));
    assertThat(commits).isEqualTo(1);
    assertThat(good).isCompleted();
    assertThat(bad).isCompletedExceptionally();
    assertThat(notes()).containsExactly("good", "because of good");
    assertThat(told).containsExactly(new Happened("good"));
  }

  @Test
  void aJobThatThrowsIsUndoneAloneAndToldWhy() {
    List<String> left = new ArrayList<>();
    CompletableFuture<String> before = note("before");
    CompletableFuture<Object> bad =
        engine.submit(t -> {
          t.tx().run("INSERT INTO note VALUES ('bad')");
          t.tell(new Happened("bad"));
          t.after(() -> left.add("bad"));
          t.later(Duration.ofMillis(1), later -> left.add("later"));
          throw new Trouble(Trouble.Reason.UNKNOWN, "x");
        });
    CompletableFuture<String> behind = note("behind");
    world.run(Duration.ofSeconds(1));
    assertThat(before).isCompletedWithValue("before");
    assertThat(behind).isCompletedWithValue("behind");
    assertThat(bad).isCompletedExceptionally();
    assertThat(notes()).containsExactly("before", "behind");
    assertThat(told).containsExactly(new Happened("before"), new Happened("behind"));
    assertThat(left).isEmpty();
  }

  @Test
  void effectsLeaveOnlyAfterTheCommitAndInOrder() {
    List<String> left = new ArrayList<>();
    engine.run(t -> {
      t.tx().run("INSERT INTO note VALUES ('one')");
      t.after(() -> left.add("first " + commits + notes()));
      t.after(() -> left.add("second"));
      assertThat(left).isEmpty();
    });
    world.run(Duration.ofMillis(1));
    assertThat(left).containsExactly("first 1[one]", "second");
  }

  @Test
  void laterMeansLater() {
    engine.run(t -> t.later(Duration.ofSeconds(5), later -> later.tell(new Happened("now"))));
    world.run(Duration.ofSeconds(4));
    assertThat(told).isEmpty();
    world.run(Duration.ofSeconds(2));
    assertThat(told).containsExactly(new Happened("now"));
  }

  @Test
  void whatIsLockedSaysSoAndWhatWasForLaterRunsAfterUnlocking() throws Exception {
    byte[] pass = {1, 2, 3};
    engine.run(t -> t.later(Duration.ofSeconds(5), later -> later.tell(new Happened("now"))));
    world.run(Duration.ofSeconds(1));
    store.setPassphrase(null, pass);
    store.lock();
    CompletableFuture<String> refused = note("x");
    world.run(Duration.ofSeconds(10));
    assertThat(refused).isCompletedExceptionally();
    assertThat(told).isEmpty();
    assertThatThrownBy(this::notes).isInstanceOf(Trouble.class).hasMessage("locked");
    store.unlock(pass);
    engine.unlocked();
    world.run(Duration.ofSeconds(1));
    assertThat(told).containsExactly(new Happened("now"));
  }

  @Test
  void whatWaitsWhenItEndsIsToldSo() {
    CompletableFuture<String> waiting = note("x");
    engine.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(note("y")).isCompletedExceptionally();
    assertThat(notes()).isEmpty();
  }
}
