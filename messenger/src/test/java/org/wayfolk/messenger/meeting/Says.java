package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.work.Trouble;

/** What tests of meetings say in one line. */
final class Says {
  private Says() {}

  /** The future fails for that reason, within two minutes; answers the detail. */
  static String trouble(Town town, CompletableFuture<?> future, Trouble.Reason reason) {
    town.until(Duration.ofMinutes(2), future::isDone);
    String[] detail = {""};
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            Trouble.class,
            t -> {
              assertThat(t.reason()).isEqualTo(reason);
              detail[0] = t.detail();
            });
    return detail[0];
  }

  /** Each has the other as the only friend, was told once, and can write to them. */
  static void friends(Town town, Home one, Home other) {
    friend(one, other);
    friend(other, one);
    assertThat(one.friends()).hasSize(1);
    assertThat(other.friends()).hasSize(1);
    hear(town, one, other);
  }

  /** They can write to each other. */
  static void hear(Town town, Home one, Home other) {
    town.lost = 0;
    String there = one.name + " writes " + one.heard.size() + "-" + other.heard.size();
    String back = other.name + " writes " + one.heard.size() + "-" + other.heard.size();
    one.write(other, there);
    town.until(Duration.ofMinutes(1), () -> other.heard.contains(there));
    other.write(one, back);
    town.until(Duration.ofMinutes(1), () -> one.heard.contains(back));
  }

  static Friend friend(Home one, Home other) {
    Friend friend = one.friend(other).orElseThrow();
    assertThat(friend.verified()).isFalse();
    assertThat(friend.blocked()).isFalse();
    return friend;
  }
}
