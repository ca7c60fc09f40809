package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.process.SameProgram;

/** Everything that a newcomer can get wrong: one clear line, the right status, nothing lost. */
@Tag("process")
final class TroubleTest {
  private static final String NETWORK = "local:trouble";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path tmp;

  private Path home() {
    return tmp.resolve("home");
  }

  private Ran up(String... options) throws Exception {
    List<String> args = new ArrayList<>(List.of("up", "--home", home().toString()));
    args.addAll(Arrays.asList(options));
    return Ran.wayfolk(args.toArray(String[]::new));
  }

  /** Starts a node of the home once, so that there is something to lose; its id. */
  private String settled() throws Exception {
    try (LiveNode node = LiveNode.start(home(), "--network", NETWORK)) {
      assertThat(node.terminate()).isZero();
      return node.id();
    }
  }

  private static void oneLine(Ran ran, int status, String... parts) {
    assertThat(ran.status()).as(ran.toString()).isEqualTo(status);
    assertThat(ran.error().lines()).as(ran.toString()).hasSize(1);
    assertThat(ran.error()).startsWith("wayfolk: error: ").contains(parts);
    assertThat(ran.out()).as(ran.toString()).isEmpty();
  }

  @Test
  void aSecondUpOnOneHome() throws Exception {
    try (LiveNode node = LiveNode.start(home(), "--network", NETWORK)) {
      oneLine(up(), 1, "already runs", "process " + node.pid(), "wayfolk down");
      Ran json = up("--json");
      assertThat(json.status()).isEqualTo(1);
      ObjectNode error = json.json();
      assertThat(error.path("error").asText()).contains("already runs");
      assertThat(error.path("do").asText()).isNotEmpty();
      assertThat(node.status().path("id").asText()).isEqualTo(node.id());
    }
  }

  @Test
  void aBusyPort() throws Exception {
    String id = settled();
    try (DatagramSocket other = socket(0)) {
      String address = "127.0.0.1:" + other.getLocalPort();
      oneLine(up("--listen", address), 1, "port " + other.getLocalPort(), "in use", "--listen");
    }
    assertThat(Ran.wayfolk("id", "--home", home().toString()).out().strip()).isEqualTo(id);
  }

  @Test
  void theKeptPortIsBusy() throws Exception {
    int port;
    try (LiveNode node = LiveNode.start(home(), "--network", NETWORK)) {
      port = portOf(node.address());
      assertThat(node.terminate()).isZero();
    }
    try (DatagramSocket other = socket(port)) {
      oneLine(up(), 1, "port " + other.getLocalPort(), "in use", "kept for this home");
      // Where any port will do, another one is taken, and the kept one stays kept.
      try (LiveNode node = LiveNode.start(home(), "--listen", "127.0.0.1:0")) {
        assertThat(portOf(node.address())).isNotEqualTo(port);
      }
    }
    try (LiveNode node = LiveNode.start(home())) {
      assertThat(portOf(node.address())).isEqualTo(port);
    }
  }

  /** Somebody else's socket. */
  private static DatagramSocket socket(int port) throws IOException {
    return new DatagramSocket(port, InetAddress.getLoopbackAddress());
  }

  private static int portOf(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  @Test
  void badSyntaxOfAPeer() throws Exception {
    oneLine(up("--join", "ann@home"), 2, "ann@home", "ID@HOST:PORT");
    assertThat(home()).doesNotExist();
  }

  @Test
  void anUnreachablePeerIsOneWarningAndTheNodeStaysUp() throws Exception {
    int port;
    try (DatagramSocket gone = socket(0)) {
      port = gone.getLocalPort();
    }
    String peer = "ab".repeat(32) + "@127.0.0.1:" + port;
    try (LiveNode node = LiveNode.start(home(), "--network", NETWORK, "--join", peer)) {
      String line = node.awaitLine("nobody answers", SOON);
      assertThat(line).contains("127.0.0.1:" + port).contains("\"do\":");
      Thread.sleep(4_000); // time for what must not be said
      assertThat(node.alive()).isTrue();
      assertThat(node.lines("warning")).containsExactly(line);
    }
  }

  @Test
  void aNodeAloneSaysSoOnceAndWhatToDo() throws Exception {
    try (LiveNode node = LiveNode.start(home(), "--network", NETWORK)) {
      assertThat(node.awaitLine("no link to anyone yet", SOON)).contains("--join " + node.peer());
    }
  }

  @Test
  void anUnknownHostIsOneWarningAndTheNodeStaysUp() throws Exception {
    String peer = "ab".repeat(32) + "@no-such-host.invalid:4242";
    try (LiveNode node = LiveNode.start(home(), "--network", NETWORK, "--join", peer)) {
      node.awaitLine("no-such-host.invalid", SOON);
      assertThat(node.alive()).isTrue();
    }
  }

  @Test
  void aWrongKeyAtAnAddress() throws Exception {
    try (LiveNode other = LiveNode.start(tmp.resolve("other"), "--network", NETWORK);
        LiveNode node =
            LiveNode.start(
                home(), "--network", NETWORK, "--join", "ab".repeat(32) + "@" + other.address())) {
      assertThat(node.awaitLine("another node than you named", SOON)).contains(other.address());
      assertThat(node.alive()).isTrue();
      assertThat(node.linkedTo(other)).isFalse();
    }
  }

  @Test
  void aPeerOfAnotherNetwork() throws Exception {
    try (LiveNode other = LiveNode.start(tmp.resolve("other"), "--network", "local:elsewhere");
        LiveNode node = LiveNode.start(home(), "--network", NETWORK, "--join", other.peer())) {
      assertThat(node.awaitLine("another network", SOON)).contains(other.address());
      assertThat(node.alive()).isTrue();
      assertThat(node.linkedTo(other)).isFalse();
    }
  }

  @Test
  void anotherNetworkThanTheHomes() throws Exception {
    String id = settled();
    oneLine(up("--network", "local:other"), 2, NETWORK, "local:other", "--home");
    assertThat(Ran.wayfolk("id", "--home", home().toString()).out().strip()).isEqualTo(id);
  }

  @Test
  void aCorruptSeed() throws Exception {
    settled();
    byte[] seed = Files.readAllBytes(home().resolve("seed"));
    Files.write(home().resolve("seed"), Arrays.copyOf(seed, 20));
    oneLine(up(), 1, "seed", "32 bytes", "backup");
    assertThat(Files.readAllBytes(home().resolve("seed"))).isEqualTo(Arrays.copyOf(seed, 20));
    seed[0] ^= 1;
    Files.write(home().resolve("seed"), seed);
    oneLine(up(), 1, "seed", "another identity", "backup");
    assertThat(Files.readAllBytes(home().resolve("seed"))).isEqualTo(seed);
  }

  @Test
  void aHomeThatIsAFile() throws Exception {
    Files.writeString(home(), "precious");
    oneLine(up("--network", NETWORK), 1, "is a file", "--home");
    assertThat(home()).hasContent("precious");
  }

  @Test
  void aNewerHome() throws Exception {
    settled();
    Path config = home().resolve("config");
    String newer = Files.readString(config).replace("\"format\" : 1", "\"format\" : 9");
    Files.writeString(config, newer);
    oneLine(up(), 1, "newer Wayfolk", "format 9", "update");
    assertThat(config).hasContent(newer.strip());
  }

  @Test
  void aFullDiskAtTheFirstStart() throws Exception {
    Ran ran = onSmallDisk("head -c 65536 /dev/zero >$H/fill 2>/dev/null; " + script("up"));
    oneLine(ran, 1, "full", "free some space");
  }

  @Test
  void aDiskThatBecomesFullLosesNothing() throws Exception {
    Ran ran =
        onSmallDisk(
            String.join(
                "; ",
                script("up", "-d", "--json", "--network", NETWORK, "--listen", "127.0.0.1:0"),
                script("down", "-q"),
                "cp $H/seed $H/../before",
                "head -c 65536 /dev/zero >$H/fill 2>/dev/null",
                script("up", "-d", "--json", "--listen", "127.0.0.1:0") + " || true",
                script("down", "-q") + " 2>/dev/null || true",
                "cmp $H/seed $H/../before",
                "ls $H | grep -q part && echo leftovers",
                "rm $H/fill",
                script("up", "-d", "--json", "--listen", "127.0.0.1:0"),
                script("id", "--json"),
                script("down", "-q")));
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.out()).doesNotContain("leftovers");
    List<String> ids =
        ran.out().lines().filter(l -> l.contains("\"id\":")).map(TroubleTest::idOf).toList();
    assertThat(ids).hasSizeGreaterThanOrEqualTo(3);
    assertThat(ids.stream().distinct()).hasSize(1);
  }

  private static String idOf(String line) {
    int at = line.indexOf("\"id\":\"") + 6;
    return line.substring(at, at + 64);
  }

  /** A command line of the program as a shell takes it, on the home {@code $H}. */
  private static String script(String... args) {
    List<String> quoted = new ArrayList<>();
    for (String part : SameProgram.with(Ran.MAIN, Arrays.asList(args))) {
      quoted.add("'" + part.replace("'", "'\\''") + "'");
    }
    return String.join(" ", quoted) + " --home $H";
  }

  /** Runs a shell script with {@code $H} on a disk of 64 KiB that nobody else sees. */
  private Ran onSmallDisk(String script) throws Exception {
    boolean root = System.getProperty("user.name").equals("root");
    List<String> apart = root ? List.of("unshare", "-m") : List.of("unshare", "-rm");
    List<String> probe = new ArrayList<>(apart);
    probe.addAll(List.of("sh", "-c", "mount -t tmpfs none /tmp"));
    Assumptions.assumeThat(Ran.command(probe).status()).as("mounts of our own").isZero();
    Files.createDirectory(home());
    List<String> command = new ArrayList<>(apart);
    String mount = "H='" + home() + "'; mount -t tmpfs -o size=64k,mode=700 none $H || exit 99; ";
    command.addAll(List.of("sh", "-c", mount + script));
    return Ran.command(command);
  }
}
