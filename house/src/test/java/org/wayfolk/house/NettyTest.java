package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.netty.handler.codec.quic.QuicException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.house.fixture.NettyUser;

/**
 * One class knows the QUIC library: it is pinned, package-private to Netty, and must stay
 * replaceable.
 */
final class NettyTest {

  private static final String BRIDGE = "io.netty.handler.codec.quic.QuicheBridge";

  private static List<String> violations(Collection<JavaClass> classes) {
    return classes.stream()
        .filter(c -> !Ambient.outermost(c).equals(BRIDGE))
        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
        .filter(d -> d.getTargetClass().getPackageName().startsWith("io.netty"))
        .filter(d -> !Ambient.outermost(d.getTargetClass()).equals(BRIDGE))
        .map(Dependency::getDescription)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> strangers(Collection<JavaClass> classes) {
    return classes.stream()
        .filter(c -> c.getPackageName().startsWith("io.netty"))
        .filter(c -> !c.getSimpleName().equals("package-info"))
        .filter(c -> !Ambient.outermost(c).equals(BRIDGE))
        .map(c -> c.getName() + " lives in Netty's package; only " + BRIDGE + " may")
        .sorted()
        .toList();
  }

  @Test
  void onlyTheBridgeKnowsNetty() throws IOException {
    for (List<JavaClass> classes : Classes.byModule().values()) {
      assertThat(violations(classes)).isEmpty();
      assertThat(strangers(classes)).isEmpty();
    }
  }

  @Test
  void canaryAUseOfNettyElsewhereIsFound() {
    assertThat(violations(new ClassFileImporter().importClasses(NettyUser.class)))
        .isNotEmpty()
        .allMatch(s -> s.contains("NettyUser"));
  }

  @Test
  void canaryAStrangerInNettysPackageIsFound() {
    assertThat(strangers(new ClassFileImporter().importClasses(QuicException.class))).hasSize(1);
  }
}
