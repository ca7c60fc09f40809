package org.wayfolk.daemon.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.messenger.Messenger;

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
  private @Nullable Messenger messenger;
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
  public void openIfThere(java.util.function.Consumer<Failure> trouble) {
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
    if (!opened.complete(m)) {
      opened = CompletableFuture.completedFuture(m); // it could not be opened before
    }
    return m;
  }

  @Override
  public synchronized void close() {
    closed = true;
    opened.completeExceptionally(new IOException("the node is ending"));
    if (messenger != null) {
      messenger.close();
      messenger = null;
    }
  }
}
