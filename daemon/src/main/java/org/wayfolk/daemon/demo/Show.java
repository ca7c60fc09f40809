package org.wayfolk.daemon.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;

/** What the demo shows, for people and for scripts, with the time since it began. */
final class Show {
  private final Voice voice;
  private final long start = System.nanoTime();

  Show(Voice voice) {
    this.voice = voice;
  }

  /** A line that is no step. */
  void text(String line) {
    voice.result(line);
  }

  /** What is being waited for; on a terminal only. */
  void waiting(String what) {
    voice.progress("     …      " + what);
  }

  /**
   * Something that was shown to be so.
   *
   * @param name for scripts
   * @param facts for scripts
   */
  void done(String name, String line, ObjectNode facts) {
    voice.result("  " + voice.paint().good("✓") + " " + clock() + "  " + line);
    ObjectNode event = Json.object().put("event", "step").put("step", name).put("ok", true);
    event.setAll(facts);
    voice.result(event.put("wallAtMs", millis()));
  }

  /** As {@link #done}, with nothing more to say to scripts. */
  void done(String name, String line) {
    done(name, line, Json.object());
  }

  /** A remark to the step before. */
  void remark(String line) {
    voice.result("             " + voice.paint().faint(line));
  }

  /** The step that was not so. */
  void failed(String line) {
    voice.result("  " + voice.paint().bad("✗") + " " + clock() + "  " + line);
  }

  /** Milliseconds since the demo began. */
  long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private String clock() {
    return voice.paint().faint(String.format(Locale.ROOT, "%6.1f s", millis() / 1_000.0));
  }
}
