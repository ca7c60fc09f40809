package org.wayfolk.messenger.people;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Someone;
import org.wayfolk.messenger.work.Bench;

/** The people of one home, each question and command a turn of its own. */
final class Home implements AutoCloseable {

  static final Identity NODE = Identity.ofSeed(new byte[32]);

  final People people;
  final Bench bench;

  Home(Path dir, Identity node) {
    people = new People(node);
    bench = new Bench(dir, node.id().a(), people);
  }

  Me me() {
    return bench.turn(people::me);
  }

  Optional<Me> meIfMade() {
    return bench.read(people::me);
  }

  byte[] deviceKey() {
    return bench.turn(turn -> people.keys(turn).deviceKey());
  }

  Optional<List<String>> words() {
    return bench.turn(people::words);
  }

  List<Friend> friends() {
    return bench.read(people::friends);
  }

  Optional<Friend> friend(long number) {
    return bench.turn(turn -> people.friend(turn, number));
  }

  Optional<Friend> friend(Card card) {
    return bench.turn(turn -> people.friend(turn, card));
  }

  Optional<Friend> named(String name) {
    return bench.turn(turn -> people.friendNamed(turn, name));
  }

  Optional<Device> device(NodeId node) {
    return bench.turn(turn -> people.device(turn, node));
  }

  List<Device> devices(Friend friend) {
    return bench.turn(turn -> people.devices(turn, friend));
  }

  Addition add(Someone who, DeviceList list, String name) {
    return bench.turn(turn -> people.add(turn, who.claim, list, name));
  }

  long propose(Someone who, DeviceList list) {
    return bench.turn(turn -> people.propose(turn, who.claim, list));
  }

  DevicesUpdate update(Friend friend, DeviceList list) {
    return bench.turn(turn -> people.updateDevices(turn, friend.number(), list));
  }

  @Override
  public void close() {
    bench.close();
  }
}
