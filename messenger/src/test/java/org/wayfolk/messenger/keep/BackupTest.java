package org.wayfolk.messenger.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.people.Addition;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.people.PeopleNews;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SealedFile;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

final class BackupTest {

  private static final byte[] PASS = bytes("correct horse");

  @TempDir Path dir;
  private final People annsPeople = new People(node(1));
  private final People bobsPeople = new People(node(2));
  private final People newPeople = new People(node(3));
  private Bench ann;
  private Bench bob;

  @BeforeEach
  void open() throws IOException {
    ann = new Bench(Files.createDirectories(dir.resolve("ann")), 1, annsPeople);
    bob = new Bench(Files.createDirectories(dir.resolve("bob")), 2, bobsPeople);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  private static Identity node(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return Identity.ofSeed(seed);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <E> Optional<E> maybe(Bench bench, Function<Turn, Optional<E>> question) {
    return bench.turn(question);
  }

  private static Object object(Bench bench, Function<Turn, Object> command) {
    return bench.turn(command);
  }

  private Path file() {
    return dir.resolve("ann.backup");
  }

  private void backup() throws IOException {
    Backup.write(ann.store(), file(), PASS, new SplittableRandom(5), 7);
  }

  private Path home(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  private Path restore(String name, Shelf... shelves) throws IOException {
    Path home = home(name);
    Backup.restore(
        file(), PASS, home.resolve("wayfolk.db"), List.of(shelves), new SplittableRandom(6));
    return home;
  }

  private long meet() {
    Me her = ann.turn(annsPeople::me);
    Me him = bob.turn(bobsPeople::me);
    Addition there = bob.turn(t -> bobsPeople.add(t, her.claim(), her.devices(), "Ann"));
    assertThat(there).isInstanceOf(Addition.Added.class);
    Addition here = ann.turn(t -> annsPeople.add(t, him.claim(), him.devices(), "Bob"));
    long number = ((Addition.Added) here).friend().number();
    ann.run(t -> {
      annsPeople.callMe(t, "Anna");
      annsPeople.verified(t, number, true, 42);
    });
    return number;
  }

  @Test
  void aRestoredHomeIsTheSamePersonWithTheSameFriendsOnANewDevice() throws Exception {
    long bobsNumber = meet();
    Me before = ann.turn(annsPeople::me);
    Friend known = ann.turn(t -> annsPeople.friend(t, bobsNumber)).orElseThrow();
    List<String> words = ann.turn(annsPeople::words).orElseThrow();
    backup();
    try (Bench restored = new Bench(restore("new", newPeople), 3, newPeople)) {
      assertThat(maybe(restored, t -> newPeople.me(t.tx(), t.vault())))
          .as("not certified yet")
          .isEmpty();
      Me after = restored.turn(newPeople::me);
      assertThat(after.card()).isEqualTo(before.card());
      assertThat(after.name()).isEqualTo("Anna");
      assertThat(maybe(restored, newPeople::words)).contains(words);
      assertThat(maybe(restored, t -> newPeople.friend(t, bobsNumber))).contains(known);
      assertThat(maybe(restored, t -> newPeople.friendNamed(t, "bob"))).contains(known);
      assertThat(maybe(restored, t -> newPeople.device(t, node(2).id()))).isPresent();

      assertThat(after.device().number()).isGreaterThan(before.device().number());
      assertThat(after.device().node()).isEqualTo(node(3).id());
      assertThat(after.devices().devices()).containsExactly(after.device());
      assertThat(after.devices().revoked()).containsExactly(before.device().number());
      assertThat(after.devices().check(after.claim(), restored.now()))
          .isEqualTo(DeviceList.Verdict.VALID);
      assertThat(restored.news).contains(new PeopleNews.OwnDevices(after.devices()));
      assertThat(object(restored, newPeople::me)).as("once").isEqualTo(after);

      long ann1 = bob.turn(t -> bobsPeople.friend(t, after.card())).orElseThrow().number();
      bob.pass(java.time.Duration.ofSeconds(1));
      assertThat(object(bob, t -> bobsPeople.updateDevices(t, ann1, after.devices())))
          .isInstanceOf(DevicesUpdate.Updated.class);
      assertThat(maybe(bob, t -> bobsPeople.device(t, node(1).id()))).as("the old one").isEmpty();
      assertThat(maybe(bob, t -> bobsPeople.device(t, node(3).id()))).isPresent();
    }
  }

  @Test
  void theKeysOfTheDeviceStayBehind() throws Exception {
    meet();
    byte[] device =
        ann.turn(t -> {
          try (var keys = annsPeople.keys(t)) {
            return keys.seed();
          }
        });
    backup();
    byte[] inside;
    try (var in = SealedFile.opening(Files.newInputStream(file()), PASS)) {
      inside = in.readAllBytes();
    }
    assertThat(holds(inside, bytes("Anna"))).as("the search itself works").isTrue();
    assertThat(holds(inside, device)).isFalse();
    assertThat(holds(inside, bytes("store_profile"))).isFalse();
    assertThat(holds(Files.readAllBytes(file()), bytes("Anna"))).isFalse();
    try (Bench restored = new Bench(restore("new", newPeople), 3, newPeople)) {
      byte[] fresh =
          restored.turn(t -> {
            try (var keys = newPeople.keys(t)) {
              return keys.seed();
            }
          });
      assertThat(fresh).isNotEqualTo(device);
    }
  }

  private static boolean holds(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void oneBackupRestoredTwiceMakesTwoDifferentDevices() throws Exception {
    meet();
    backup();
    People other = new People(node(4));
    try (Bench one = new Bench(restore("one", newPeople), 3, newPeople);
        Bench two = new Bench(restore("two", other), 4, other)) {
      assertThat(one.turn(newPeople::me).device().number())
          .isNotEqualTo(two.turn(other::me).device().number());
    }
  }

  @Test
  void aBackupOfARestoredHomeThatNeverRanRestoresToo() throws Exception {
    meet();
    Me before = ann.turn(annsPeople::me);
    backup();
    try (Bench idle = new Bench(restore("idle", newPeople), 3, newPeople)) {
      Backup.write(idle.store(), file(), PASS, new SplittableRandom(5), 7);
    }
    try (Bench restored = new Bench(restore("new", newPeople), 4, newPeople)) {
      Me after = restored.turn(newPeople::me);
      assertThat(after.card()).isEqualTo(before.card());
      assertThat(after.devices().revoked()).containsExactly(before.device().number());
    }
  }

  @Test
  void aPassphraseOfTheStoreIsNoneOfTheBackupsAffairs() throws Exception {
    long bobsNumber = meet();
    ann.store().setPassphrase(null, bytes("the store's"));
    backup();
    ann.store().lock();
    assertThatThrownBy(this::backup)
        .isInstanceOfSatisfying(
            Trouble.class, t -> assertThat(t.reason()).isEqualTo(Trouble.Reason.LOCKED));
    try (Bench restored = new Bench(restore("new", newPeople), 3, newPeople)) {
      assertThat(maybe(restored, t -> newPeople.friend(t, bobsNumber))).isPresent();
    }
    ann.store().unlock(bytes("the store's"));
  }

  @Test
  void aWrongPassphraseIsSaidAndNothingIsLeft() throws Exception {
    meet();
    backup();
    Path home = home("new");
    assertThatThrownBy(() ->
            Backup.restore(
                file(),
                bytes("wrong"),
                home.resolve("wayfolk.db"),
                List.of(newPeople),
                new SplittableRandom(6)))
        .isInstanceOfSatisfying(
            Trouble.class, t -> assertThat(t.reason()).isEqualTo(Trouble.Reason.WRONG_PASSPHRASE));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aFileThatIsCutOrOfSomethingElseLeavesNothing() throws Exception {
    meet();
    backup();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> restore("cut", newPeople))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    for (byte[] strange :
        List.of(new byte[0], bytes("hello"), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2})) {
      SealedFile.write(file(), PASS, new SplittableRandom(5), out -> out.write(strange));
      assertThatThrownBy(() -> restore("strange", newPeople)).isInstanceOf(IOException.class);
    }
    assertThat(home("cut")).isEmptyDirectory();
    assertThat(home("strange")).isEmptyDirectory();
  }

  @Test
  void aHomeThatHasAStoreIsNotTouched() throws Exception {
    meet();
    backup();
    Path file = bob.store().read(tx -> dir.resolve("bob").resolve("wayfolk.db"));
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> restore("bob", newPeople))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is there already");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  /** People as a later version of the program would have them. */
  private record Later(People now) implements Shelf {
    @Override
    public String name() {
      return now.name();
    }

    @Override
    public List<String> migrations() {
      return Stream.concat(
              now.migrations().stream(),
              Stream.of(
                  "ALTER TABLE people_friend ADD COLUMN colour TEXT;"
                      + "UPDATE people_friend SET colour = 'blue';"))
          .toList();
    }

    @Override
    public void rekey(Tx tx, Vault from, Vault to) {
      now.rekey(tx, from, to);
    }
  }

  @Test
  void anOlderBackupGoesThroughTheMigrationsAndANewerOneIsRefused() throws Exception {
    meet();
    backup();
    Path home = restore("later", new Later(newPeople));
    try (Bench later = new Bench(home, 3, new Later(newPeople))) {
      List<String> colours =
          later.read((tx, v) -> tx.list(r -> r.text("colour"), "SELECT colour FROM people_friend"));
      assertThat(colours).containsExactly("blue");
      Backup.write(later.store(), file(), PASS, new SplittableRandom(5), 7);
    }
    assertThatThrownBy(() -> restore("earlier", newPeople))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void everyTableOfTheseRoomsIsNamedAndEveryNamedColumnIsThere() throws Exception {
    List<String> tables =
        ann.read((tx, v) ->
            tx.list(
                r -> r.text("name"),
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'people%' OR"
                    + " name LIKE 'conversation%')"));
    assertThat(Table.ALL.stream().map(Table::name)).containsAll(tables);
    for (Table table : Table.ALL) {
      List<String> columns =
          ann.read((tx, v) -> Column.of(tx, table)).stream().map(Column::name).toList();
      if (!columns.isEmpty()) {
        assertThat(columns).as(table.name()).containsAll(table.sealed()).containsAll(table.left());
        assertThat(table.sealed().isEmpty() || columns.contains(table.id())).isTrue();
      }
    }
  }
}
