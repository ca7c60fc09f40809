package org.wayfolk.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.simulator.figures.Figures;

final class ReportTest {
  private static final String EVIL = "<script>alert('1')</script> \"&";

  private static Figures result() {
    Figures f = new Figures();
    f.put("replay", "./wayfolk sim overlay --scenario " + EVIL).put("what", EVIL);
    f.put("crypto", "real").put("delivered_first_try", 0.9999999, 7).put("delivered", 1.0, 6);
    f.put("hops_mean", 1.5, 1).put("hops_histogram", List.of(0, 50, 50));
    f.put("links_by_level", List.of(3.25, 1.5));
    Figures slice = new Figures().put("at", 10.0, 1).put("sent", 10).put("first", 9);
    Figures next = new Figures().put("at", 12.0, 1).put("sent", 10).put("first", 10);
    f.put("delivery_over_time", List.of(slice.put("delivered", 10), next.put("delivered", 10)));
    f.put("undelivered", List.of(new Figures().put("from", 1).put("to", 2).put("reason", EVIL)));
    return f.put("passed", false).put("failures", List.of(EVIL));
  }

  @Test
  void textsOfAResultAreNeverMarkup() {
    String page = Report.html(result().json());
    assertThat(page).doesNotContain("<script").doesNotContain("alert('1')");
    assertThat(page).contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;&amp;");
  }

  @Test
  void onlyItsOwnStyleIsLetIn() throws Exception {
    String page = Report.html(result().json());
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .contains(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(sum)
                + "'")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain(" style=");
  }

  @Test
  void whatIsThereIsDrawnAndWhatIsNotIsLeftOut() {
    String page = Report.html(result().json());
    assertThat(page.split("<svg", -1)).hasSize(1 + 3);
    assertThat(page).contains("Delivery over time").contains("Links by level");
    assertThat(page).doesNotContain("Traffic of a node").contains("Not delivered");
    assertThat(Report.html("{}")).doesNotContain("<svg").contains("All figures");
  }

  @Test
  void aShareIsNotRoundedUpToAllOfThemAndAnAxisThatDoesNotBeginAtZeroSaysSo() {
    String page = Report.html(result().json());
    assertThat(page).contains("<dd>99.9999 %</dd>").contains("<dd>100 %</dd>");
    assertThat(page).contains("share of the messages: the axis begins at 90 %");
  }

  @Test
  void thePageAndItsFiguresStandBesideEachOther(@TempDir Path directory) throws Exception {
    Path there = directory.resolve("a/b");
    Report.write(there, result());
    assertThat(Files.readString(there.resolve(Report.PAGE)))
        .isEqualTo(Report.html(result().json()));
    assertThat(Files.readString(there.resolve(Report.FIGURES))).isEqualTo(result().json() + "\n");
    assertThatIllegalArgumentException().isThrownBy(() -> Report.html("no"));
  }

  @Test
  void anAxisEndsAtARoundValueThatHoldsTheHighestBar() {
    assertThat(Scale.fromZero(697, 0, 1).high()).isEqualTo(800);
    assertThat(Scale.fromZero(0, 0, 1).high()).isEqualTo(1);
    assertThat(Scale.fromZero(1e9, 0, 1).marks(5)).hasSizeBetween(4, 12);
    assertThat(Scale.words(1234567.5)).isEqualTo("1,234,567.5");
  }
}
