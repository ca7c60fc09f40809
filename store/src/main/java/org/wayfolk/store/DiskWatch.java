package org.wayfolk.store;

/**
 * Is told of the instants that decide what a power loss may take: a simulated disk listens here.
 * Called on the thread that writes, with the write lock held; must not call the store.
 */
public interface DiskWatch {

  /** Listens to nothing. */
  DiskWatch NONE =
      new DiskWatch() {
        @Override
        public void committed() {}

        @Override
        public void checkpointing() {}

        @Override
        public void checkpointed() {}
      };

  /** A transaction was committed: all that the write-ahead log now holds is on the disk. */
  void committed();

  /** The store is about to move the log's pages into the main file: only now that file changes. */
  void checkpointing();

  /** That is done: the main file is on the disk, the log may have been cut to nothing. */
  void checkpointed();
}
