package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.messenger.Look;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.store.Store;

/**
 * The messenger of a running node. A home without people has no store: it is opened when there is a
 * file, else made by the first command about people. Thread-safe.
 */
public final class LocalMessenger implements AutoCloseable {
  /** Opens the store at a file. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it; blocks on the disk.
     *
     * @throws IOException with words that say what to do
     */
    Messenger open(Path file) throws IOException;
  }

  private final Path file;
  private final Opener opener;
  private volatile CompletableFuture<Messenger> opened = new CompletableFuture<>();
  private volatile @Nullable Messenger messenger;
  private final List<Consumer<Messenger>> watchers = new CopyOnWriteArrayList<>();
  private boolean closed;

  /**
   * Nothing is opened yet.
   *
   * @param file the store of the home
   */
  public LocalMessenger(Path file, Opener opener) {
    this.file = file;
    this.opener = opener;
  }

  /**
   * Opens what is there, in the background: a start need not wait for it.
   *
   * @param trouble told if it cannot be opened; commands about people then say the same
   */
  public void openIfThere(Consumer<Failure> trouble) {
    if (Files.exists(file)) {
      Thread.ofPlatform()
          .daemon()
          .name("wayfolk-people")
          .start(() -> {
            try {
              get();
            } catch (Failure e) {
              trouble.accept(e);
            }
          });
    }
  }

  /**
   * Takes a message of the overlay. While the store is still being opened it waits for that: a
   * sender who heard that nobody takes messages here would let them wait for minutes.
   */
  public CompletionStage<Handled.Verdict> take(Message message) {
    if (!opened.isDone() && !Files.exists(file)) {
      return CompletableFuture.completedFuture(Handled.Verdict.NO_HANDLER); // nobody knows us
    }
    return opened
        .thenCompose(m -> m.take(message))
        .exceptionally(cannotBeOpened -> Handled.Verdict.NO_HANDLER);
  }

  /** The messenger, opened or made now. Blocks on the disk. */
  public synchronized Messenger get() throws Failure {
    Messenger m = messenger;
    if (m != null) {
      return m;
    }
    if (closed) {
      throw Failure.failed("the node is ending", "start it with `wayfolk up`");
    }
    try {
      m = opener.open(file);
    } catch (IOException e) {
      LoggerFactory.getLogger(LocalMessenger.class).warn("people: {}", e.getMessage());
      opened.completeExceptionally(e);
      throw Failure.failed(
          "the messages of this home cannot be opened: " + e.getMessage(),
          "the node goes on without them");
    }
    messenger = m;
    for (Consumer<Messenger> watcher : watchers) {
      watcher.accept(m);
    }
    if (!opened.complete(m)) {
      opened = CompletableFuture.completedFuture(m); // it could not be opened before
    }
    return m;
  }

  /** The messenger, if it is open; neither waits nor opens anything. */
  public Optional<Messenger> peek() {
    return Optional.ofNullable(messenger);
  }

  /** The store of the home, there or not. */
  Path file() {
    return file;
  }

  /** Whether there is a store, open or not. */
  public boolean isThere() {
    return Files.exists(file);
  }

  /**
   * Tells of the messenger as soon as it is open, before anybody else has it: quickly, without
   * asking it anything.
   */
  public synchronized void whenOpen(Consumer<Messenger> watcher) {
    watchers.add(watcher);
    Messenger m = messenger;
    if (m != null) {
      watcher.accept(m);
    }
  }

  /**
   * Whether there are people here, {@code none}, {@code open} or {@code locked}; opens a store that
   * is there, and makes none.
   */
  ObjectNode state() throws Failure {
    if (!isThere()) {
      return Json.object().put("state", "none").put("passphrase", false);
    }
    Messenger m = get();
    ObjectNode out =
        Json.object()
            .put("state", m.lockState() == Store.State.LOCKED ? "locked" : "open")
            .put("passphrase", m.lockState() != Store.State.OPEN);
    if (m.lockState() != Store.State.LOCKED) {
      String name = m.look(Look::myName);
      out.put("name", name == null ? "" : name);
    }
    return out;
  }

  @Override
  public synchronized void close() {
    closed = true;
    opened.completeExceptionally(new IOException("the node is ending"));
    Messenger m = messenger;
    if (m != null) {
      m.close();
      messenger = null;
    }
  }
}
