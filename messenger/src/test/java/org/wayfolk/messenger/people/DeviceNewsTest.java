package org.wayfolk.messenger.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Someone;
import org.wayfolk.messenger.work.Bench;

/** What a friend's device lists do, in whatever order they come. */
final class DeviceNewsTest {

  @TempDir Path dir;
  private People people;
  private final Someone bob = new Someone(2);
  private final Someone mallory = new Someone(3);
  private Home home;
  private Bench bench;
  private long begin;
  private Friend friend;

  @BeforeEach
  void befriend() {
    home = new Home(dir, Home.NODE);
    bench = home.bench;
    people = home.people;
    begin = bench.now();
    bench.pass(Duration.ofMinutes(1));
    DeviceList first = bob.listAt(begin, Set.of(), certificate(1), certificate(2));
    friend = ((Addition.Added) home.add(bob, first, "Bob")).friend();
    bench.news.clear();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void aNewerListAddsDevicesAndMakesRevokedOnesStrangers() {
    DeviceList newer = bob.listAt(begin + 1, Set.of(1), certificate(2), certificate(3));

    DevicesUpdate update = update(newer);

    assertThat(update)
        .isEqualTo(
            new DevicesUpdate.Updated(
                now(),
                List.of(new Device(friend.number(), certificate(3))),
                List.of(new Device(friend.number(), certificate(1)))));
    assertThat(isStranger(1)).isTrue();
    assertThat(isStranger(2)).isFalse();
    assertThat(isStranger(3)).isFalse();
    assertThat(bench.news).containsExactly(new PeopleNews.Changed(now()));
  }

  @Test
  void theSameListAgainAndAnOlderOneChangeNothing() {
    DeviceList newer = bob.listAt(begin + 1, Set.of(), certificate(2));
    update(newer);
    bench.news.clear();
    assertThat(update(newer)).isEqualTo(new DevicesUpdate.Same());
    assertThat(update(friend.devices())).isEqualTo(new DevicesUpdate.Older());
    assertThat(now().devices()).isEqualTo(newer);
    assertThat(bench.news).isEmpty();
  }

  @Test
  void anOldListIsOldAlsoWhenItHasExpired() {
    bench.pass(Duration.ofDays(80));
    DeviceCertificate renewed =
        bob.certificate(2, bench.now(), bench.now() + DeviceCertificate.MAX_LIFE_MILLIS);
    update(bob.listAt(bench.now(), Set.of(), renewed));
    bench.pass(Duration.ofDays(30));
    assertThat(update(friend.devices())).isEqualTo(new DevicesUpdate.Older());
  }

  @Test
  void twoListsOfOneSequenceAreAForkThatIsToldOnce() {
    DeviceList other = bob.listAt(begin, Set.of(), certificate(1), certificate(9));

    assertThat(update(other)).isEqualTo(new DevicesUpdate.Fork(now()));

    assertThat(now().alarmAt()).isEqualTo(bench.now());
    assertThat(now().devices()).isEqualTo(friend.devices());
    assertThat(isStranger(9)).isTrue();
    assertThat(bench.news).contains(new PeopleNews.Fork(now())).hasSize(2);
    update(other);
    assertThat(bench.news).hasSize(2);
    bench.turn(turn -> people.verified(turn, friend.number(), true, bench.now()));
    assertThat(now().alarmAt()).isZero();
  }

  @Test
  void aRevokedDeviceNeverComesBack() {
    update(bob.listAt(begin + 1, Set.of(1), certificate(2)));
    DevicesUpdate update = update(bob.listAt(begin + 2, Set.of(), certificate(1), certificate(2)));
    assertThat(update).isInstanceOf(DevicesUpdate.Fork.class);
    assertThat(isStranger(1)).isTrue();
  }

  @Test
  void aNumberIsNeverGivenToOtherKeys() {
    DeviceCertificate other =
        DeviceCertificate.issue(bob.root, bob.card(), 2, bob.device(5), begin, begin + Someone.DAY);
    assertThat(update(bob.listAt(begin + 1, Set.of(), other)))
        .isInstanceOf(DevicesUpdate.Fork.class);
  }

  @Test
  void aDeviceMayMoveToAnotherNode() {
    DeviceClaim moved = DeviceClaim.make(bob.card(), bob.keys(2), bob.node(6));
    DeviceCertificate certificate =
        DeviceCertificate.issue(bob.root, bob.card(), 2, moved, begin, begin + Someone.DAY);
    assertThat(update(bob.listAt(begin + 1, Set.of(), certificate)))
        .isInstanceOf(DevicesUpdate.Updated.class);
    assertThat(isStranger(2)).isTrue();
    assertThat(isStranger(6)).isFalse();
  }

  @Test
  void forgedForeignFutureAndExpiredListsAreRefused() {
    DeviceList forged =
        DeviceList.issue(mallory.root, bob.card(), begin + 1, List.of(certificate(2)), Set.of());
    assertThat(update(forged)).isEqualTo(new DevicesUpdate.Bad(DeviceList.Verdict.BAD_SIGNATURE));
    DeviceList foreign = mallory.listAt(begin + 1, Set.of(), mallory.certificate(1));
    assertThat(update(foreign)).isEqualTo(new DevicesUpdate.Bad(DeviceList.Verdict.WRONG_CARD));
    DeviceList future = bob.listAt(begin + Someone.DAY, Set.of(), certificate(2));
    assertThat(update(future)).isEqualTo(new DevicesUpdate.Bad(DeviceList.Verdict.FROM_THE_FUTURE));
    bench.pass(Duration.ofDays(100));
    assertThat(update(bob.listAt(begin + 1, Set.of(), certificate(2))))
        .isEqualTo(new DevicesUpdate.Bad(DeviceList.Verdict.EXPIRED));
    assertThat(now()).isEqualTo(friend);
  }

  @Test
  void anExpiredDeviceIsNoStrangerButNothingIsSealedToIt() {
    bench.pass(Duration.ofDays(100));
    assertThat(isStranger(1)).isFalse();
    assertThat(home.devices(friend)).isEmpty();
  }

  private DevicesUpdate update(DeviceList list) {
    return home.update(friend, list);
  }

  private Friend now() {
    return home.friend(friend.number()).orElseThrow();
  }

  private boolean isStranger(int device) {
    return home.device(bob.node(device).id()).isEmpty();
  }

  private DeviceCertificate certificate(int device) {
    return bob.certificate(device, begin, begin + DeviceCertificate.MAX_LIFE_MILLIS);
  }
}
