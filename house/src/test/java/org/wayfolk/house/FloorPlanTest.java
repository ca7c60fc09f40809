package org.wayfolk.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FloorPlanTest {

  private static List<Import> all() throws IOException {
    List<Import> all = new ArrayList<>();
    for (Map.Entry<String, List<JavaClass>> module : Classes.byModule().entrySet()) {
      all.addAll(Imports.of(module.getKey(), module.getValue()));
    }
    Tree tree = Tree.here();
    for (String module : tree.modules()) {
      for (var file : tree.java()) {
        if (file.startsWith(module + "/src/main/java")) {
          all.addAll(Imports.of(module, file.toString(), tree.read(file)));
        }
      }
    }
    return all;
  }

  private static Collection<JavaClass> fixtures() {
    return new ClassFileImporter().importPackages("org.wayfolk.house.fixture");
  }

  @Test
  void importsOnlyGoDownAFloor() throws IOException {
    assertThat(all()).isNotEmpty();
    assertThat(FloorPlan.WAYFOLK.violations(all())).isEmpty();
  }

  @Test
  void noPackageStandsInACycle() throws IOException {
    assertThat(Imports.cycles(all())).isEmpty();
  }

  @Test
  void everyModuleHasAFloor() throws IOException {
    assertThat(FloorPlan.WAYFOLK.modules().keySet()).containsAll(Tree.here().modules());
  }

  @Test
  void canaryAnImportUpwardsIsFound() {
    assertThat(judge("overlay", "org.wayfolk.wire", "org.wayfolk.routing"))
        .containsExactly(
            "org.wayfolk.wire (floor 1.2) imports org.wayfolk.routing (floor 1.6) in X: imports"
                + " only go down a floor");
  }

  @Test
  void canaryAnImportBetweenRoomsOfOneFloorIsFound() {
    assertThat(judge("overlay", "org.wayfolk.rendezvous", "org.wayfolk.admission")).hasSize(1);
    assertThat(judge("overlay-quic", "org.wayfolk.quic", "org.wayfolk.sim")).hasSize(1);
  }

  @Test
  void canaryAnUnknownRoomIsFound() {
    assertThat(judge("overlay", "org.wayfolk.attic", "org.wayfolk.id"))
        .singleElement()
        .asString()
        .startsWith("org.wayfolk.attic is not in the floor plan: add");
  }

  @Test
  void canaryARoomInAForeignModuleIsFound() {
    assertThat(judge("daemon", "org.wayfolk.wire", "org.wayfolk.wire")).hasSize(1);
  }

  @Test
  void canaryNobodyUsesTheModulesAside() {
    assertThat(judge("daemon", "org.wayfolk.daemon", "org.wayfolk.bench")).hasSize(1);
  }

  @Test
  void downwardImportsPass() {
    assertThat(judge("overlay", "org.wayfolk.node", "org.wayfolk.id")).isEmpty();
    assertThat(judge("daemon", "org.wayfolk.daemon.cli", "org.wayfolk.quic")).isEmpty();
    assertThat(judge("bench", "org.wayfolk.bench", "org.wayfolk.daemon")).isEmpty();
    assertThat(judge("overlay-quic", "org.wayfolk.quic", "io.netty.handler.codec.quic")).isEmpty();
  }

  @Test
  void canaryACycleOfCompiledPackagesIsFound() {
    assertThat(Imports.cycles(Imports.of("house", fixtures())))
        .singleElement()
        .asString()
        .contains("org.wayfolk.house.fixture.hen -> org.wayfolk.house.fixture.egg")
        .contains("org.wayfolk.house.fixture.egg -> org.wayfolk.house.fixture.hen");
  }

  @Test
  void canaryACycleOverThreePackagesIsFoundAndAChainIsNot() {
    Import ab = new Import("m", "a", "b", "A");
    Import bc = new Import("m", "b", "c", "B");
    Import ca = new Import("m", "c", "a", "C");
    assertThat(Imports.cycles(List.of(ab, bc))).isEmpty();
    assertThat(Imports.cycles(List.of(ab, bc, ca)))
        .containsExactly("cycle: a -> b (A); b -> c (B); c -> a (C); ");
  }

  @Test
  void canaryAnImportThatLeavesNoTraceInTheClassFileIsFound() {
    String source =
        """
        package org.wayfolk.wire;

        import static org.wayfolk.node.Limits.MOST;
        import java.util.List;
        import org.wayfolk.routing.Table.Slot;
        """;
    assertThat(Imports.of("overlay", "F.java", source))
        .extracting(Import::to)
        .containsExactly("org.wayfolk.node", "org.wayfolk.routing");
  }

  private static List<String> judge(String module, String from, String to) {
    return FloorPlan.WAYFOLK.violations(List.of(new Import(module, from, to, "X")));
  }
}
