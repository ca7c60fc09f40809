package org.wayfolk.daemon.people;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.id.NodeId;

/**
 * What requests about people need of the program around them.
 *
 * @param linked the nodes to which there are links now
 * @param offers where a page fetches files
 * @param wipe deletes everything
 * @param zone in which files are dated
 */
public record HomeSeams(Supplier<Set<NodeId>> linked, Offers offers, Wipes wipe, ZoneId zone) {
  /** Lets a page fetch a file. */
  @FunctionalInterface
  public interface Offers {
    /**
     * Offers a file, once and for a short while; it is deleted afterwards.
     *
     * @return the path to fetch
     * @throws Failure if there is no page, or too many files wait; the file is the caller's then
     */
    String offer(Path file, String name) throws Failure;
  }

  /** Deletes everything that is in the home. */
  @FunctionalInterface
  public interface Wipes {
    /**
     * Makes it certain that everything will be deleted, and begins the end of the process. Blocks
     * on the disk.
     *
     * @throws Failure if the disk fails; then nothing has happened
     */
    void now() throws Failure;
  }
}
