package org.wayfolk.messenger.people;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.messenger.person.RootClaim;
import org.wayfolk.messenger.person.RootKey;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * Me, my friends and their devices. Who is not a friend, or blocked, is a stranger.
 *
 * <p>What takes a {@link Turn} belongs to the engine's thread; what takes a transaction and a vault
 * only reads, on the thread of that transaction. Nothing is kept outside the store, so a turn that
 * is undone leaves no trace.
 */
public final class People implements Shelf {

  /** More than anybody writes to; the list of conversations is measured with so many. */
  public static final int MAX_FRIENDS = 10_000;

  private final Identity node;

  /**
   * The people of a home.
   *
   * @param node the identity of this node, which signs that this device is reached there; not
   *     closed
   */
  public People(Identity node) {
    this.node = node;
  }

  /** The tables, whoever uses them. */
  public static Shelf tables() {
    return new PeopleShelf();
  }

  @Override
  public String name() {
    return tables().name();
  }

  @Override
  public List<String> migrations() {
    return tables().migrations();
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    tables().rekey(tx, from, to);
  }

  // ---- me

  /**
   * Who I am. The first call makes me: a phrase, its roots, keys of this device and their
   * certificate. Each call renews that certificate if less than 30 days are left of it or the node
   * is another, and tells {@link PeopleNews.OwnDevices} then.
   */
  public Me me(Turn turn) {
    MyRow row = my(turn);
    MyRow.Stored stored = row.read().orElseGet(() -> mint(turn, fresh(turn), "", OwnDevices.FIRST));
    if (stored.restored()) {
      return succeed(turn, row, stored);
    }
    Me me = me(stored);
    if (OwnDevices.serves(me.device(), node, turn.now())) {
      return me;
    }
    Optional<RootKey> root = row.root();
    if (root.isEmpty()) {
      return me;
    }
    try (RootKey key = root.get();
        DeviceKeys keys = row.keys()) {
      OwnDevices own = new OwnDevices(key, me.card(), node);
      DeviceList list = own.renewed(stored.list(), stored.number(), keys, turn.now());
      row.writeList(list);
      turn.tell(new PeopleNews.OwnDevices(list));
      return me(stored.with(list));
    }
  }

  /** Who I am, if I have been made; the certificate may be due for renewal. */
  public Optional<Me> me(Tx tx, Vault vault) {
    return new MyRow(tx, vault).read().filter(me -> !me.restored()).map(People::me);
  }

  /** A new device takes the place of the one of a backup, which is revoked. */
  private Me succeed(Turn turn, MyRow row, MyRow.Stored restored) {
    try (RootKey root = row.root().orElseThrow();
        DeviceKeys keys = row.keys()) {
      OwnDevices own = new OwnDevices(root, restored.claim().card(), node);
      // A backup may be restored again, of which this list knows nothing: so not just the next one.
      int to = OwnDevices.highest(restored.list()) + 1 + turn.random().nextInt(1 << 16);
      int from = -restored.number();
      DeviceList list = own.succeeded(restored.list(), from, to, keys, turn.now());
      MyRow.Stored stored = restored.as(to, list);
      row.writeDevice(to, list);
      turn.tell(new PeopleNews.OwnDevices(list));
      return me(stored);
    }
  }

  /**
   * What was put into these tables is a backup's, without the keys of its device: gives this home
   * keys of its own. The next {@link #me(Turn)} makes a new device of it and revokes the old one.
   *
   * @param random as unpredictable as keys must be
   */
  public static void restored(Tx tx, Vault vault, RandomGenerator random) {
    byte[] seed = new byte[DeviceKeys.SEED_BYTES];
    random.nextBytes(seed);
    new MyRow(tx, vault).restored(seed);
  }

  private static Me me(MyRow.Stored stored) {
    return new Me(
        stored.claim(),
        stored.name(),
        stored.list().device(stored.number()).orElseThrow(),
        stored.list(),
        stored.written());
  }

  private static Phrase fresh(Turn turn) {
    return Phrase.of(turn.randomBytes(Phrase.ENTROPY_BYTES));
  }

  /**
   * Makes this home a device, the only one, of the person of those recovery words, in place of who
   * I was. Friends are not in the words: those who hear of the new list know me by the same card.
   *
   * @throws Trouble NOT_POSSIBLE, if this home has friends already
   */
  public Me recover(Turn turn, Phrase phrase, String name) {
    if (rows(turn).count() > 0) {
      throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "this home has friends already");
    }
    // The words do not say which numbers were given; a random one is hardly one of them.
    int number = OwnDevices.FIRST + 1 + turn.random().nextInt(Integer.MAX_VALUE - (1 << 24));
    MyRow.Stored me = mint(turn, phrase, Names.clean(name), number);
    my(turn).forgetEntropy();
    turn.tell(new PeopleNews.OwnDevices(me.list()));
    return me(turn);
  }

  private MyRow.Stored mint(Turn turn, Phrase phrase, String name, int number) {
    try (phrase;
        RootKey root = phrase.root(0);
        DeviceKeys keys = DeviceKeys.ofSeed(turn.randomBytes(DeviceKeys.SEED_BYTES))) {
      RootClaim claim = phrase.claim();
      DeviceList list = new OwnDevices(root, claim.card(), node).first(number, keys, turn.now());
      MyRow.Stored stored = new MyRow.Stored(claim, name, number, list, false);
      my(turn).write(phrase, root, keys, stored);
      return stored;
    }
  }

  /** The private keys of this device; the caller closes them. */
  public DeviceKeys keys(Turn turn) {
    me(turn);
    return my(turn).keys();
  }

  /** The 24 recovery words; empty once they were said to be written down. */
  public Optional<List<String>> words(Turn turn) {
    me(turn);
    return my(turn).phrase().map(Phrase::words);
  }

  /** The user has written the recovery words down: they are forgotten here. */
  public void wordsWritten(Turn turn) {
    me(turn);
    my(turn).forgetEntropy();
  }

  /**
   * What I want to be called by those I meet from now on.
   *
   * @return the name without what does not belong into one; may be empty
   */
  public String callMe(Turn turn, String wish) {
    me(turn);
    String name = Names.clean(wish);
    my(turn).writeName(name);
    return name;
  }

  // ---- friends

  /** All friends, blocked ones too, in the order in which they were met. */
  public List<Friend> friends(Tx tx, Vault vault) {
    return new FriendRows(tx, vault).all();
  }

  /** {@link #friends(Tx, Vault)} in a turn. */
  public List<Friend> friends(Turn turn) {
    return rows(turn).all();
  }

  /** The friend of a local number. */
  public Optional<Friend> friend(Turn turn, long number) {
    return rows(turn).byNumber(number);
  }

  /** {@link #friend(Turn, long)} where there is no turn. */
  public Optional<Friend> friend(Tx tx, Vault vault, long number) {
    return new FriendRows(tx, vault).byNumber(number);
  }

  /** The faces of all friends, in the order in which they were met. */
  public List<Face> faces(Tx tx, Vault vault) {
    return new FriendRows(tx, vault).faces();
  }

  /** The face of a local number. */
  public Optional<Face> face(Tx tx, Vault vault, long number) {
    return new FriendRows(tx, vault).face(number);
  }

  /** The face of a card. */
  public Optional<Face> face(Tx tx, Vault vault, Card card) {
    return new FriendRows(tx, vault).face(card);
  }

  /** The face of whoever has a device at that node. */
  public Optional<Face> face(Tx tx, Vault vault, NodeId node) {
    return new FriendRows(tx, vault).face(node);
  }

  /** How many devices friends have, by their local numbers. */
  public Map<Long, Integer> deviceCounts(Tx tx, Vault vault) {
    return new FriendRows(tx, vault).devices();
  }

  /** The local numbers of all friends, in the order in which they were met. */
  public List<Long> numbers(Tx tx, Vault vault) {
    return new FriendRows(tx, vault).numbers();
  }

  /** The friend of a card. */
  public Optional<Friend> friend(Turn turn, Card card) {
    return rows(turn).byCard(card);
  }

  /** The friend of that name, in any case. */
  public Optional<Friend> friendNamed(Turn turn, String name) {
    return rows(turn).byName(name);
  }

  /** {@link #friendNamed(Turn, String)} where there is no turn. */
  public Optional<Friend> friendNamed(Tx tx, Vault vault, String name) {
    return new FriendRows(tx, vault).byName(name);
  }

  /**
   * The friend's device at a node: empty for strangers, revoked devices and blocked friends, who
   * all get silence. Asked for each payload that comes in.
   */
  public Optional<Device> device(Turn turn, NodeId node) {
    return rows(turn).byNode(node);
  }

  /**
   * The devices of a friend to which messages are sealed now: those with a certificate that holds.
   */
  public List<Device> devices(Turn turn, Friend friend) {
    return friend.devices().devices(turn.now()).stream()
        .map(device -> new Device(friend.number(), device))
        .toList();
  }

  /**
   * Makes somebody a friend, also who was proposed.
   *
   * @param wish what I want to call them; cleaned, and {@code friend-} with 6 digits of the card if
   *     nothing is left; with a number behind it if it is taken
   */
  public Addition add(Turn turn, RootClaim claim, DeviceList list, String wish) {
    if (claim.card().equals(me(turn).card())) {
      return new Addition.Own();
    }
    DeviceList.Verdict verdict = list.check(claim, turn.now());
    if (verdict != DeviceList.Verdict.VALID) {
      return new Addition.Refused(verdict);
    }
    FriendRows rows = rows(turn);
    Optional<Friend> known = rows.byCard(claim.card());
    if (known.isPresent()) {
      updateDevices(turn, known.get().number(), list);
      return new Addition.Known(rows.byNumber(known.get().number()).orElseThrow());
    }
    Optional<Friend> proposed = rows.anyone(claim.card());
    if (proposed.isEmpty() && rows.count() >= MAX_FRIENDS) {
      return new Addition.TooMany();
    }
    long number =
        proposed.map(Friend::number).orElseGet(() -> rows.propose(claim, list, turn.now()));
    String name = Names.unique(wish, claim.card(), folded -> rows.isTaken(folded, number));
    Friend friend = new Friend(number, claim, name, list, false, 0, 0, turn.now());
    rows.befriend(friend);
    turn.tell(new PeopleNews.Added(friend));
    return new Addition.Added(friend);
  }

  /**
   * Gives somebody a number before they are a friend: until {@link #add} they are found by nothing
   * and stay a stranger. A friend keeps number and devices.
   *
   * @param list already {@linkplain DeviceList#check checked}
   * @throws Trouble TOO_MANY, if there are {@link #MAX_FRIENDS}; OWN, if it is my card
   */
  public long propose(Turn turn, RootClaim claim, DeviceList list) {
    if (claim.card().equals(me(turn).card())) {
      throw new Trouble(Trouble.Reason.OWN);
    }
    FriendRows rows = rows(turn);
    Optional<Friend> known = rows.anyone(claim.card());
    if (known.isPresent()) {
      return known.get().number();
    }
    if (rows.count() >= MAX_FRIENDS) {
      throw new Trouble(Trouble.Reason.TOO_MANY);
    }
    return rows.propose(claim, list, turn.now());
  }

  /** Takes {@link #propose} back; a friend stays one. */
  public void withdraw(Turn turn, long number) {
    rows(turn).withdraw(number);
  }

  /**
   * Gives a friend another name, cleaned and made unique as by {@link #add}.
   *
   * @throws Trouble UNKNOWN
   */
  public Friend rename(Turn turn, long number, String wish) {
    FriendRows rows = rows(turn);
    Friend friend = known(turn, number);
    String name = Names.unique(wish, friend.card(), folded -> rows.isTaken(folded, number));
    return change(turn, friend.named(name));
  }

  /**
   * Makes a friend a stranger until {@link #unblock}.
   *
   * @throws Trouble UNKNOWN
   */
  public Friend block(Turn turn, long number) {
    return change(turn, known(turn, number).blocked(true));
  }

  /**
   * Takes {@link #block} back.
   *
   * @throws Trouble UNKNOWN
   */
  public Friend unblock(Turn turn, long number) {
    return change(turn, known(turn, number).blocked(false));
  }

  /**
   * Forgets a friend. The number is never given again; other rooms forget what they keep under it
   * in the same turn.
   *
   * @return who they were
   * @throws Trouble UNKNOWN
   */
  public Friend remove(Turn turn, long number) {
    Friend friend = known(turn, number);
    rows(turn).delete(friend);
    turn.tell(new PeopleNews.Removed(friend));
    return friend;
  }

  /**
   * The user has compared words or codes with a friend, or takes that back. A verification ends an
   * alarm.
   *
   * @param when ms since the epoch
   * @throws Trouble UNKNOWN
   */
  public Friend verified(Turn turn, long number, boolean verified, long when) {
    return change(turn, known(turn, number).verified(verified ? Math.max(1, when) : 0));
  }

  /**
   * Takes a list of a friend's devices from anywhere: it is checked here. Devices that are in the
   * new list no longer are strangers at once.
   *
   * @throws Trouble UNKNOWN
   */
  public DevicesUpdate updateDevices(Turn turn, long number, DeviceList list) {
    Friend friend = known(turn, number);
    DevicesUpdate update = Successions.judge(friend, list, turn.now());
    switch (update) {
      case DevicesUpdate.Updated(Friend next, List<Device> added, List<Device> gone) -> {
        rows(turn).index(next);
        change(turn, next);
      }
      case DevicesUpdate.Fork(Friend alarmed) -> {
        if (friend.alarmAt() == 0) {
          change(turn, alarmed);
          turn.tell(new PeopleNews.Fork(alarmed));
        }
      }
      case DevicesUpdate.Same() -> {}
      case DevicesUpdate.Older() -> {}
      case DevicesUpdate.Bad(DeviceList.Verdict why) -> {}
    }
    return update;
  }

  private static Friend change(Turn turn, Friend next) {
    rows(turn).update(next);
    turn.tell(new PeopleNews.Changed(next));
    return next;
  }

  private static Friend known(Turn turn, long number) {
    return rows(turn)
        .byNumber(number)
        .orElseThrow(() -> new Trouble(Trouble.Reason.UNKNOWN, "friend " + number));
  }

  private static MyRow my(Turn turn) {
    return new MyRow(turn.tx(), turn.vault());
  }

  private static FriendRows rows(Turn turn) {
    return new FriendRows(turn.tx(), turn.vault());
  }
}
