package org.wayfolk.routing;

/** What we carried for one neighbour today, and what we gave it to carry. */
final class Balance {
  private long day;
  private long carried;
  private long given;

  private void on(long today) {
    if (day != today) {
      day = today;
      carried = 0;
      given = 0;
    }
  }

  /** Bytes that we passed on for it on the day that began then. */
  long carried(long today) {
    on(today);
    return carried;
  }

  /** Bytes that we gave it for others on that day. */
  long given(long today) {
    on(today);
    return given;
  }

  void carry(int bytes, long today) {
    on(today);
    carried += bytes;
  }

  void give(int bytes, long today) {
    on(today);
    given += bytes;
  }
}
