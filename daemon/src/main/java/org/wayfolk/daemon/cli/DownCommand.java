package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import picocli.CommandLine.Command;

/** {@code down}. */
@Command(
    name = "down",
    headerHeading = "Example: wayfolk down%n%n",
    header = "Ends the running node: it says goodbye to its neighbours and stops.")
final class DownCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  DownCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, InterruptedException {
    Duration limit = wayfolk.timeout();
    long pid;
    try (ControlClient client = wayfolk.connect()) {
      ObjectNode answer = client.call(ControlClient.request("down"), limit);
      pid = answer.path("pid").asLong();
    }
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null) {
      try {
        process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new Failure(
            Exit.TIMED_OUT,
            "the node (process " + pid + ") is still ending",
            "wait, or end it with `kill " + pid + "`");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    wayfolk.voice().say("The node has left and stopped.");
    wayfolk.voice().result(Json.object().put("stopped", true).put("pid", pid));
    return Exit.OK.code();
  }
}
