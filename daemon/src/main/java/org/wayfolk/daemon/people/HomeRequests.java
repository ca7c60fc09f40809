package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.messenger.Way;
import org.wayfolk.messenger.conversation.Reading;

/** What a page asks of the home around the messenger: settings, ways, storage, files, its end. */
final class HomeRequests {
  /** What its user has to say, so that no slip of a program deletes a person. */
  static final String SURE = "delete everything";

  private final LocalMessenger local;
  private final HomeSeams seams;

  HomeRequests(LocalMessenger local, HomeSeams seams) {
    this.local = local;
    this.seams = seams;
  }

  /** Without a store there are none, and none is made to say so. */
  ObjectNode settings(Asked asked) throws Failure, InterruptedException {
    JsonNode set = asked.request().path("set");
    if (set.isObject()) {
      change(local.get(), (ObjectNode) set);
    }
    if (!local.isThere()) {
      ObjectNode out = Json.object();
      out.putObject("settings").put(PeopleJson.TELL_READ, true);
      return out;
    }
    return local.get().look(PeopleJson::settings);
  }

  private static void change(Messenger m, ObjectNode set) throws Failure, InterruptedException {
    Map<String, @Nullable String> values = new HashMap<>();
    Boolean tellRead = null;
    for (Map.Entry<String, JsonNode> e : set.properties()) {
      JsonNode value = e.getValue();
      if (!e.getKey().equals(PeopleJson.TELL_READ)) {
        values.put(e.getKey(), value.isNull() ? null : Json.line(value));
      } else if (value.isBoolean()) {
        tellRead = value.asBoolean();
      } else {
        throw Failure.usage("tellRead is true or false", "see docs/page-api.md");
      }
    }
    Results.now(m.set(values, tellRead));
  }

  ObjectNode ways(Asked asked) throws Failure {
    if (!local.isThere()) {
      ObjectNode none = Json.object();
      none.putArray("ways");
      return none;
    }
    Set<NodeId> linked = seams.linked().get();
    return local
        .get()
        .look(look -> {
          Long who = asked.whoOrNull(look);
          List<Way> ways = who == null ? look.ways(linked) : List.of(look.way(who, linked));
          LineJson json = new LineJson(look);
          ObjectNode out = Json.object();
          ArrayNode list = out.putArray("ways");
          ways.stream()
              .filter(w -> look.face(w.friend()).isPresent())
              .forEach(w -> list.add(of(w, json.card(w.friend()))));
          return out;
        });
  }

  private static ObjectNode of(Way w, String card) {
    ObjectNode out =
        Json.object().put("card", card).put("way", w.kind().name().toLowerCase(Locale.ROOT));
    if (w.kind() == Way.Kind.THROUGH) {
      out.put("others", w.others());
    }
    if (w.millis() > 0) {
      out.put("ms", w.millis());
    }
    if (w.since() > 0) {
      out.put("since", PeopleJson.time(w.since()));
    }
    return out;
  }

  ObjectNode storage() throws Failure, IOException {
    Path store = local.file();
    Path home = store.toAbsolutePath().getParent();
    long storeBytes = 0;
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path file = store.resolveSibling(store.getFileName() + suffix);
      storeBytes += Files.exists(file) ? Files.size(file) : 0;
    }
    ObjectNode out = Json.object().put("storeBytes", storeBytes);
    if (local.isThere()) {
      local
          .get()
          .look(look -> {
            Reading r = look.conversations();
            return out.put("messages", r.lines()).put("conversations", r.conversations());
          });
    } else {
      out.put("messages", 0).put("conversations", 0);
    }
    if (home != null) {
      out.put("homeBytes", size(home)).put("freeBytes", Files.getFileStore(home).getUsableSpace());
    }
    return out;
  }

  /** Files may come and go meanwhile. */
  private static long size(Path dir) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            bytes.addAndGet(a.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /**
   * Writes a file that the page may fetch once; what a crash leaves of it the next start sweeps.
   */
  ObjectNode download(Asked asked) throws Failure, IOException {
    String what = asked.text("what");
    boolean backup = what.equals("backup");
    if (!backup && !what.equals("export")) {
      throw Failure.usage("only a backup or an export is saved", "see docs/page-api.md");
    }
    byte[] passphrase = backup ? asked.secret("passphrase") : new byte[0];
    Messenger m = local.get();
    Path file = local.file().resolveSibling("download-" + UUID.randomUUID() + ".part");
    boolean offered = false;
    try {
      if (backup) {
        OpenExport.create(file).close(); // 0600 from its first byte
        m.backup(file, passphrase);
      } else {
        OpenExport.write(m, file);
      }
      long bytes = Files.size(file);
      String name = "wayfolk-" + LocalDate.now(seams.zone()) + (backup ? ".backup" : ".jsonl");
      String path = seams.offers().offer(file, name);
      offered = true;
      return Json.object().put("path", path).put("name", name).put("bytes", bytes);
    } finally {
      if (!offered) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The mark is on the disk before this answers: then there is no way back. */
  ObjectNode wipe(Asked asked) throws Failure {
    if (!asked.text("sure").equals(SURE)) {
      throw Failure.usage(
          "nothing was deleted: it was not said for sure", "say sure: \"" + SURE + "\"");
    }
    seams.wipe().now();
    return Json.object().put("leaving", true);
  }
}
