package org.wayfolk.daemon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wayfolk.daemon.demo.Demo;
import org.wayfolk.daemon.demo.Pages;
import org.wayfolk.daemon.process.Browser;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    headerHeading = "Example: wayfolk demo%n%n",
    header = "Shows five nodes at work on this machine.",
    description = {
      "",
      "Two of them have no link of their own and reach each other through the other three, also"
          + " after",
      "one of these was killed. It takes about half a minute and leaves nothing behind.",
      "",
      "With --pages: two people who have met, and the page of each, to be laid side by side. It"
          + " goes on",
      "until Enter is pressed, and leaves nothing behind either."
    })
final class DemoCommand implements Callable<Integer> {
  private final Wayfolk wayfolk;

  @Option(names = "--pages", description = "open the pages of two people")
  boolean pages;

  @Option(
      names = "--print",
      description = "with --pages: open nothing, print the addresses; whoever sees one can use it")
  boolean print;

  DemoCommand(Wayfolk wayfolk) {
    this.wayfolk = wayfolk;
  }

  @Override
  public Integer call() throws Failure, InterruptedException {
    if (pages) {
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      new Pages(wayfolk.voice(), Program.MAIN, this::show).run(input);
    } else {
      new Demo(wayfolk.voice(), Program.MAIN).run();
    }
    return Exit.OK.code();
  }

  private boolean show(ObjectNode opened) throws InterruptedException {
    return !print && Browser.open(Path.of(opened.path("file").asText()));
  }
}
