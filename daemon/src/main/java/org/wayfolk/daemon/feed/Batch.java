package org.wayfolk.daemon.feed;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.wayfolk.messenger.Locking;
import org.wayfolk.messenger.conversation.Changed;
import org.wayfolk.messenger.conversation.Touched;
import org.wayfolk.messenger.meeting.InvitationsChanged;
import org.wayfolk.messenger.meeting.Met;
import org.wayfolk.messenger.outbox.Progress;
import org.wayfolk.messenger.people.PeopleNews;
import org.wayfolk.messenger.setting.SettingsChanged;
import org.wayfolk.messenger.work.News;

/** News that are told together: of what came several times, once. In the order of coming. */
final class Batch {
  /** What of the news is the same thing. */
  private record Subject(String kind, Object which) {}

  private final Map<Subject, News> told = new LinkedHashMap<>();
  private final Set<Long> conversations = new LinkedHashSet<>();

  void add(News news) {
    switch (news) {
      case Changed c -> {
        conversations.add(c.conversation());
        told.merge(new Subject("line", c.message()), c, Batch::both);
      }
      case Progress p -> {
        conversations.add(p.friend());
        told.put(new Subject("progress", p.event()), p);
      }
      case Touched t -> {
        conversations.add(t.conversation());
        told.put(new Subject("contact", t.conversation()), t);
      }
      case PeopleNews.Added a -> person(a.friend().number(), a);
      case PeopleNews.Changed c -> person(c.friend().number(), c);
      case PeopleNews.Removed r -> {
        long number = r.friend().number();
        conversations.remove(number);
        told.remove(new Subject("contact", number));
        told.put(new Subject("removed", number), r);
      }
      case Met met -> told.put(new Subject("met", met.friend()), met);
      case SettingsChanged s -> told.put(new Subject("settings", 0), s);
      case InvitationsChanged i -> told.put(new Subject("invitations", 0), i);
      case Locking l -> told.put(new Subject("lock", 0), l);
      default -> {}
    }
  }

  private void person(long number, News news) {
    conversations.add(number);
    told.put(new Subject("contact", number), news);
  }

  /** A line that is new stays so, whatever else happened to it at once. */
  private static News both(News before, News now) {
    return before instanceof Changed b && now instanceof Changed n
        ? new Changed(n.conversation(), n.message(), b.isNew() || n.isNew(), n.mine())
        : now;
  }

  /** What there is to tell. */
  Iterable<News> news() {
    return told.values();
  }

  /** The conversations whose rows may be other than before. */
  Set<Long> conversations() {
    return conversations;
  }

  boolean isEmpty() {
    return told.isEmpty();
  }
}
