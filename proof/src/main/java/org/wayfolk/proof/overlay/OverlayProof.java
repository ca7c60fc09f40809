package org.wayfolk.proof.overlay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.wayfolk.simulator.Sim;

/** {@code ./wayfolk proof overlay}: runs what has not been run, then writes the table. */
public final class OverlayProof {
  private static final String USAGE =
      """
      usage: ./wayfolk proof overlay [OPTION]... [ROW]...   from the root of the repository

      Runs the rows of the gates of which no result is kept under docs/proof/overlay, one process a run, one after the other,
      and writes docs/proof.md. Interrupted, it goes on where it stopped.

        --again         runs the rows although results are kept
        --seeds N       at most so many seeds a row
        --table         only writes docs/proof.md
        --list          names the rows
      """;

  private final List<Row> rows = Rows.all();
  private final List<String> wanted = new ArrayList<>();
  private final Shelf shelf;
  private final Path page;
  private boolean again;
  private boolean tableOnly;
  private int seeds = Integer.MAX_VALUE;

  private OverlayProof(Path root) {
    shelf = new Shelf(root.resolve("docs/proof/overlay"));
    page = root.resolve("docs/proof.md");
  }

  /**
   * Runs it.
   *
   * @param args what stands behind {@code overlay} on the command line
   * @return the status for the process: 0 if every run ended, 1 if one failed to end, 2 if not
   *     understood
   */
  public static int run(List<String> args) throws IOException, InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    if (!Files.isDirectory(root.resolve("docs/proof"))) {
      System.err.println("wayfolk: run this from the root of the repository");
      return 2;
    }
    return new OverlayProof(root).go(args);
  }

  private int go(List<String> args) throws IOException, InterruptedException {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      switch (arg) {
        case "--again" -> again = true;
        case "--table" -> tableOnly = true;
        case "--seeds" -> seeds = Integer.parseInt(args.get(++i));
        case "--help" -> {
          System.out.print(USAGE);
          return 0;
        }
        case "--list" -> {
          rows.forEach(r -> System.out.println(r.name()));
          return 0;
        }
        default -> {
          if (rows.stream().noneMatch(r -> r.name().equals(arg))) {
            System.err.println("wayfolk: no row " + arg);
            System.err.print(USAGE);
            return 2;
          }
          wanted.add(arg);
        }
      }
    }
    boolean ended = true;
    for (Row row : rows) {
      if (!tableOnly && (wanted.isEmpty() || wanted.contains(row.name()))) {
        ended &= all(row);
      }
    }
    write();
    return ended ? 0 : 1;
  }

  private boolean all(Row row) throws IOException, InterruptedException {
    boolean ended = true;
    for (long seed = 1; seed <= Math.min(seeds, row.seeds()); seed++) {
      ended &= one(row, row.file(seed), Row.with(row.command(), seed));
    }
    if (!row.twin().isEmpty()) {
      ended &= one(row, row.twinFile(), Row.with(row.twin(), 1));
    }
    return ended;
  }

  private boolean one(Row row, String file, List<String> command)
      throws IOException, InterruptedException {
    if (!again && shelf.kept(file, command).isPresent()) {
      return true;
    }
    System.err.println("# " + file + ": ./wayfolk sim " + String.join(" ", command));
    List<String> process = new ArrayList<>();
    process.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    process.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx" + row.heap()));
    process.addAll(List.of("-cp", System.getProperty("java.class.path"), Sim.class.getName()));
    process.addAll(command);
    Process p = new ProcessBuilder(process).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String json = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = p.waitFor();
    if (!json.startsWith("{")) {
      System.err.println("# " + file + ": no result, status " + status);
      return false;
    }
    shelf.keep(file, command, LocalDate.now(ZoneOffset.UTC).toString(), json);
    write();
    return true;
  }

  private void write() throws IOException {
    Files.writeString(page, new Table(shelf).text(rows));
  }
}
