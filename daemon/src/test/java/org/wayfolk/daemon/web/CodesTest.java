package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wayfolk.daemon.web.Codes.Result;

final class CodesTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // clocks run over in tests
  private final Codes codes = new Codes(RandomGenerator.of("L64X128MixRandom"), now::get);

  @Test
  void aCodeWorksOnce() {
    String code = codes.make();
    assertThat(code).hasSize(22);
    assertThat(codes.use(code)).isEqualTo(Result.RIGHT);
    assertThat(codes.use(code)).isEqualTo(Result.WRONG);
  }

  @Test
  void anOldCodeIsWorthNothing() {
    String code = codes.make();
    now.addAndGet(Codes.LIFE.toNanos() - 1);
    String other = codes.make();
    now.addAndGet(1);
    assertThat(codes.use(code)).isEqualTo(Result.WRONG);
    assertThat(codes.use(other)).isEqualTo(Result.RIGHT);
  }

  @Test
  void guessingIsCountedAndCannotLockTheOwnerOut() {
    String code = codes.make();
    for (int i = 0; i < Codes.MAX_WRONG; i++) {
      assertThat(codes.use("guess" + i)).isEqualTo(Result.WRONG);
    }
    assertThat(codes.use("one more")).isEqualTo(Result.TOO_MANY);
    assertThat(codes.use(code)).isEqualTo(Result.RIGHT);
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(codes.use("later")).isEqualTo(Result.WRONG);
  }

  @Test
  void theOldestOfTooManyCodesGoes() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i <= Codes.MAX; i++) {
      all.add(codes.make());
    }
    assertThat(codes.use(all.getFirst())).isEqualTo(Result.WRONG);
    assertThat(codes.use(all.get(1))).isEqualTo(Result.RIGHT);
    assertThat(codes.use(all.getLast())).isEqualTo(Result.RIGHT);
  }

  @Test
  void terminalAndPageHaveTheSameWordAndOtherCodesHaveOthers() {
    assertThat(Codes.word("AAAAAAAAAAAAAAAAAAAAAA"))
        .isEqualTo(Codes.word("AAAAAAAAAAAAAAAAAAAAAA"));
    long words =
        java.util.stream.Stream.generate(codes::make)
            .limit(100)
            .map(Codes::word)
            .distinct()
            .count();
    assertThat(words).isGreaterThan(80);
  }
}
