package org.wayfolk.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;

class ReplayWindowTest {
  private static final NodeId ALICE = new NodeId(1, 0, 0, 0);
  private static final NodeId FLOODER = new NodeId(2, 0, 0, 0);
  private static final NodeId LINK = new NodeId(3, 0, 0, 0);
  private static final NodeId BUSY_LINK = new NodeId(4, 0, 0, 0);
  private static final long NOW = 1_800_000_000_000L;

  private final ReplayWindow window = new ReplayWindow();

  private static ReplayWindow.Key key(long n) {
    return new ReplayWindow.Key(n, ~n);
  }

  @Test
  void aSecondTimeIsRefused() {
    assertThat(window.note(key(1), ALICE, NOW, LINK, NOW)).isTrue();
    assertThat(window.note(key(1), ALICE, NOW, BUSY_LINK, NOW)).isFalse();
  }

  @Test
  void oneLinksFloodDoesNotPushOutWhatAnotherBrought() {
    window.note(key(0), ALICE, NOW, LINK, NOW);
    for (int i = 1; i <= 3 * ReplayWindow.PER_LINK; i++) {
      window.note(key(i), FLOODER, NOW + i, BUSY_LINK, NOW);
    }
    assertThat(window.size()).isEqualTo(ReplayWindow.PER_LINK + 1);
    assertThat(window.seen(key(0), ALICE, NOW)).isTrue();
  }

  @Test
  void whatWasPushedOutIsStillRefusedByTheMarkOfItsOrigin() {
    int n = ReplayWindow.PER_LINK + 100;
    for (int i = 0; i < n; i++) {
      window.note(key(i), FLOODER, NOW + i, LINK, NOW);
    }
    for (int i = 0; i < n; i++) {
      assertThat(window.note(key(i), FLOODER, NOW + i, LINK, NOW)).isFalse();
    }
    // A latecomer of the same origin pays for it, another origin does not.
    assertThat(window.seen(key(-1), FLOODER, NOW)).isTrue();
    assertThat(window.seen(key(-1), FLOODER, NOW + n)).isFalse();
    assertThat(window.seen(key(-1), ALICE, NOW)).isFalse();
  }

  @Test
  void theWholeWindowIsBounded() {
    int links = ReplayWindow.MAX / ReplayWindow.PER_LINK + 4;
    long n = 0;
    for (int l = 0; l < links; l++) {
      NodeId via = new NodeId(100 + l, 0, 0, 0);
      for (int i = 0; i < ReplayWindow.PER_LINK; i++) {
        window.note(key(n++), FLOODER, NOW + n, via, NOW);
      }
    }
    assertThat(window.size()).isEqualTo(ReplayWindow.MAX);
  }

  @Test
  void everythingIsForgottenOnceItIsStale() {
    for (int i = 0; i < ReplayWindow.PER_LINK + 10; i++) {
      window.note(key(i), FLOODER, NOW, LINK, NOW);
    }
    window.expire(NOW + Admission.FRESH_MILLIS);
    assertThat(window.size()).isPositive();
    window.expire(NOW + Admission.FRESH_MILLIS + 1);
    assertThat(window.size()).isZero();
    assertThat(window.seen(key(-1), FLOODER, NOW)).isFalse();
  }
}
