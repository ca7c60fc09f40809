package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** The port is kept, and who takes it while the node is away gains nothing. */
final class KeptPortTest {
  private static final Handler HANDLER = (what, request, events) -> Json.object();

  @TempDir Path tmp;

  private Served serve() throws Failure {
    return new Served(tmp.resolve("home"), HANDLER);
  }

  @Test
  void aRestartKeepsPortAndPages() throws Exception {
    int port;
    String token;
    try (Served first = serve()) {
      port = first.port;
      token = first.token();
    }
    try (Served second = serve();
        Guest guest = Guest.in(second.port, token)) {
      assertThat(second.port).isEqualTo(port);
      assertThat(second.page.moved()).isFalse();
      assertThat(guest.status()).isEqualTo(101);
    }
  }

  private void squat(String address) throws Exception {
    int port;
    String token;
    try (Served first = serve()) {
      port = first.port;
      token = first.token();
    }
    InetAddress at = InetAddress.getByName(address);
    try (ServerSocket squatter = new ServerSocket()) {
      squatter.setReuseAddress(true);
      squatter.bind(new InetSocketAddress(at, port));
      try (Served second = serve();
          Guest guest = Guest.come(second.port)) {
        assertThat(second.port).isNotEqualTo(port);
        assertThat(second.page.moved()).isTrue();
        assertThat(second.page.status().path("moved").asBoolean()).isTrue();
        assertThat(second.page.open(Json.object()).path("moved").asBoolean()).isTrue();
        byte[] key = Secrets.sha256(Base64.getUrlDecoder().decode(token));
        guest.greet(Guest.name(key));
        guest.say(Json.object().put("proof", "whatever the squatter was told"));
        assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_TOKEN);
        port = second.port;
      }
    }
    try (Served third = serve()) {
      assertThat(third.port).as("the new port is kept from now on").isEqualTo(port);
      assertThat(third.page.moved()).isFalse();
      assertThat(third.page.status().path("known").asInt()).isZero();
    }
  }

  @Test
  void aSquatterGetsNoTokenThatIsWorthAnything() throws Exception {
    squat("127.0.0.1");
  }

  @Test
  void aSquatterOnTheOtherLoopbackAddressDoesNotEither() throws Exception {
    assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByAddress(Loopback.SIX)))
        .isNotNull();
    squat("::1");
  }

  @Test
  void aSquatterOnEveryAddressDoesNotEither() throws Exception {
    squat("0.0.0.0");
  }

  @Test
  void thePageListensOnLoopbackAlone() throws Exception {
    try (Served served = serve()) {
      for (NetworkInterface i : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : i.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
          assertThatThrownBy(() -> new Socket(address, served.port).close())
              .isInstanceOf(java.io.IOException.class);
        }
      }
    }
  }

  @Test
  void aPortThatWasAskedForAndIsTakenIsSaid() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, Visitor.HERE);
        Home home = Home.open(tmp.resolve("home"))) {
      assertThatThrownBy(() -> Page.bind(home, other.getLocalPort()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void anotherPortThatIsAskedForEndsTheOldTokensToo() throws Exception {
    String token;
    try (Served first = serve()) {
      token = first.token();
    }
    int free;
    try (ServerSocket any = new ServerSocket(0, 1, Visitor.HERE)) {
      free = any.getLocalPort();
    }
    try (Home home = Home.open(tmp.resolve("home"));
        Page page = Page.bind(home, free)) {
      assertThat(page.moved()).as("nobody took it").isFalse();
      assertThat(page.status().path("known").asInt()).isZero();
      assertThat(token).isNotEmpty();
    }
  }

  @Test
  void whatLiesInTheHomeIsForItsOwnerOnlyAndTheCodesFileGoesWithTheCode() throws Exception {
    assumeThat(tmp.getFileSystem().supportedFileAttributeViews()).contains("posix");
    try (Served served = serve()) {
      String code = served.code();
      Path file;
      try (var all = Files.newDirectoryStream(served.home.dir(), "open-*.html")) {
        file = all.iterator().next();
      }
      assertThat(Files.readString(file)).contains("#code=" + code);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(served.home.dir())))
          .isEqualTo("rwx------");
      assertThat(served.visitor.code(code).status()).isEqualTo(200);
      assertThat(file).doesNotExist();
      Path tokens = served.home.dir().resolve("page");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aCodesFileThatACrashLeftIsSweptAway() throws Exception {
    Path left;
    try (Served first = serve()) {
      left = Files.writeString(first.home.dir().resolve("open-0123456789abcdef.html"), "old");
    }
    try (Served second = serve()) {
      assertThat(second.home.dir().resolve(left.getFileName())).doesNotExist();
    }
  }
}
