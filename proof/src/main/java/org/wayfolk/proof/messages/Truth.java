package org.wayfolk.proof.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the people of a town did and were shown. The messengers under test never see it. */
final class Truth {
  final List<Written> all = new ArrayList<>();
  final Faults faults = new Faults();

  /** Send to delivered, true nanoseconds, where both were up all the while. */
  final Times together = new Times();

  /** The same of all. */
  final Times any = new Times();

  /** What commands were answered otherwise than with success, by the answer. */
  final Map<String, Integer> refusals = new HashMap<>();

  private final Map<Id, Written> byId = new HashMap<>();

  void kept(Written w, Id id) {
    w.id = id;
    if (byId.put(id, w) != null) {
      faults.add(Fault.DOUBLED, "one id for two: " + w);
    }
  }

  @Nullable Written of(Id id) {
    return byId.get(id);
  }

  void refused(Throwable why) {
    Throwable w =
        why instanceof java.util.concurrent.CompletionException && why.getCause() != null
            ? why.getCause()
            : why;
    refusals.merge(w.toString(), 1, Integer::sum);
  }
}
