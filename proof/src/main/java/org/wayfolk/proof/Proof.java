package org.wayfolk.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wayfolk.proof.messages.Messages;
import org.wayfolk.proof.messages.Result;
import org.wayfolk.proof.overlay.OverlayProof;

/**
 * {@code ./wayfolk proof [ROW]}: runs one full row of the gates and prints what came out as JSON.
 * The status is 0 if it passed, 1 if not, 2 if it was not understood.
 */
public final class Proof {
  private static final String USAGE =
      """
      usage: ./wayfolk proof ROW [OPTION]...   prints JSON; status 1 if it fails

      rows:
        messages   20 people write a million messages while machines and disks fail: none is lost
        overlay    every gate of the overlay, row by row; keeps results, has options of its own (--help)

      options of messages:
        --seed N        everything random follows from it (default 1)
        --messages N    how many (default 1000000)
        --pause MS      mean time between two bursts of a person (default 4000)
        --dir DIR       where the stores lie while it runs (default: the system's temporary folder)
        --canary        disks that sync nothing: must fail
      """;

  private Proof() {}

  /** The program. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      System.out.print(USAGE);
      return;
    }
    if (args[0].equals("overlay")) {
      System.exit(OverlayProof.run(List.of(args).subList(1, args.length)));
    }
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("wayfolk: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Cost cost = new Cost();
    Result result = Messages.run(options.messages(), cost::progress);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("row", options.row());
    told.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    told.put("passed", result.passed());
    told.put("replay", result.replay());
    told.putAll(result.figures());
    cost.tell(told, options.messages().messages());
    System.out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(told));
    if (!result.passed()) {
      System.err.println("failed; replay: " + result.replay());
      System.exit(1);
    }
  }
}
