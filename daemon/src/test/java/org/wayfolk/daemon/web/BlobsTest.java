package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.web.Visitor.Reply;

final class BlobsTest {
  @TempDir Path tmp;

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(tmp, "blob", ".part"), text);
  }

  @Test
  void aFileIsFetchedOnceAndIsGone() throws Exception {
    try (Served served =
        new Served(tmp.resolve("home"), (what, request, events) -> Json.object())) {
      Path file = file("all that I wrote");
      String path = served.page.blobs().offer(file, "my \"backup\"\r\n.wayfolk");
      Reply head = served.visitor.ask("HEAD", path, served.visitor.host(), "");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(file).exists();
      Reply reply = served.visitor.get(path);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("all that I wrote");
      assertThat(reply.header("Content-Length")).contains("16");
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.header("Content-Disposition"))
          .contains("attachment; filename=\"my__backup___.wayfolk\"");
      assertThat(reply.header("Content-Type")).contains("application/octet-stream");
      assertThat(goes(file)).isTrue();
      assertThat(served.visitor.get(path).status()).isEqualTo(404);
      assertThat(served.refused(Refusals.Why.BLOB)).isEqualTo(1);
    }
  }

  /** It is deleted when its last byte has been handed over, which its reader may see before. */
  private static boolean goes(Path file) {
    long limit = System.nanoTime() + 30_000_000_000L;
    while (Files.exists(file) && System.nanoTime() - limit < 0) {
      Thread.onSpinWait();
    }
    return !Files.exists(file);
  }

  @Test
  void anotherSiteCannotFetchIt() throws Exception {
    try (Served served =
        new Served(tmp.resolve("home"), (what, request, events) -> Json.object())) {
      Path file = file("mine");
      String path = served.page.blobs().offer(file, "x");
      assertThat(
              served
                  .visitor
                  .get(
                      path,
                      "Sec-Fetch-Site: cross-site",
                      "Sec-Fetch-Mode: navigate",
                      "Sec-Fetch-Dest: document")
                  .status())
          .isEqualTo(403);
      assertThat(served.visitor.get(path).status()).as("it is still there").isEqualTo(200);
    }
  }

  @Test
  void anOfferEndsAndItsFileWithIt() throws Exception {
    AtomicLong now = new AtomicLong();
    Blobs blobs = new Blobs(RandomGenerator.of("L64X128MixRandom"), now::get);
    Path file = file("old");
    String id = blobs.offer(file, "x").substring(Gate.BLOBS.length());
    now.addAndGet(Blobs.LIFE.toNanos());
    assertThat(blobs.take(id)).isNull();
    assertThat(file).doesNotExist();
  }

  @Test
  void offersAreFewAndEndWithTheNode() throws Exception {
    Blobs blobs = new Blobs(RandomGenerator.of("L64X128MixRandom"), () -> 0);
    Path[] files = new Path[Blobs.MAX];
    for (int i = 0; i < Blobs.MAX; i++) {
      files[i] = file("x");
      blobs.offer(files[i], "x");
    }
    Path more = file("x");
    assertThatThrownBy(() -> blobs.offer(more, "x")).isInstanceOf(Failure.class);
    assertThat(more).doesNotExist();
    blobs.close();
    assertThat(files).allMatch(Files::notExists);
  }
}
