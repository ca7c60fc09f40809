package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SearchIndexTest {

  private final SearchIndex index = new SearchIndex();

  @TempDir Path home;
  private Store store;
  private Vault vault;

  @BeforeEach
  void open() throws IOException {
    store = Store.open(StorePlan.of(home.resolve("s.db"), new SecureRandom(), index));
    vault = store.vault().orElseThrow();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void add(long doc, String text) throws IOException {
    store.write(tx -> {
      index.add(tx, vault, doc, text);
      return 0;
    });
  }

  private List<Long> find(String query) throws IOException {
    return StoreTest.listed(store, tx -> index.find(tx, vault, query, 10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Meet me at the Harbour      | harb          | true
          Meet me at the Harbour      | HARBOUR meet  | true
          Meet me at the Harbour      | me at         | true
          Meet me at the Harbour      | harb meet     | false
          Meet me at the Harbour      | bour          | false
          Meet me at the Harbour      | m             | true
          Привет, как дела?           | прив          | true
          Привет, как дела?           | ДЕЛА          | true
          Ёжик в тумане               | ежик          | true
          Café crème brûlée           | cafe creme bru | true
          ﬁne ＦＵＬＬ width             | fine full     | true
          Straße nach İstanbul        | istan         | true
          今天天气很好                  | 天气           | true
          今天天气很好                  | 气             | true
          今天天气很好                  | 天很           | false
          我爱Java编程                  | java           | true
          我爱Java编程                  | 编程 java       | true
          東京タワーに行く               | タワー          | true
          안녕하세요 세계               | 하세           | true
          हिन्दी में लिखा                 | हिन्दी          | true
          हिन्दी में लिखा                 | लिख            | true
          السَّلامُ عليكم                 | السلام         | true
          สวัสดีครับ                     | สวัส           | true
          incomprehensibilities       | incomprehensib | true
          room 101 at 9               | 10             | true
          it's a well-known e-mail    | mail it's      | true
          emoji 😀 here               | here           | true
          """)
  void findsByWordsAndTheBeginningOfTheLast(String text, String query, boolean found)
      throws IOException {
    add(1, "something else altogether");
    add(42, text);
    assertThat(find(query)).isEqualTo(found ? List.of(42L) : List.of());
  }

  @Test
  void theNewestComesFirstAndTheLimitHolds() throws IOException {
    for (long doc = 1; doc <= 30; doc++) {
      add(doc, doc % 2 == 0 ? "even common" : "odd common");
    }
    assertThat(find("com")).containsExactly(30L, 29L, 28L, 27L, 26L, 25L, 24L, 23L, 22L, 21L);
    assertThat(find("even com")).startsWith(30L, 28L, 26L).hasSize(10);
  }

  @Test
  void whatWasRemovedOrReplacedIsNotFound() throws IOException {
    add(1, "alpha");
    add(2, "alpha");
    add(1, "beta");
    assertThat(find("alpha")).containsExactly(2L);
    assertThat(find("beta")).containsExactly(1L);
    store.write(tx -> {
      index.remove(tx, 2);
      index.remove(tx, 99);
      return 0;
    });
    assertThat(find("alpha")).isEmpty();
    add(1, "...");
    assertThat(find("beta")).isEmpty();
  }

  @Test
  void aQueryOfNothingFindsNothingAndSyntaxIsJustText() throws IOException {
    add(1, "a OR b NOT \"c\" near* tokens:x");
    assertThat(find("")).isEmpty();
    assertThat(find("\"'*^():-")).isEmpty();
    assertThat(find("or b not \"c\" NEAR*")).containsExactly(1L);
    assertThat(find("x".repeat(100_000))).isEmpty();
    assertThat(find("a ".repeat(10_000))).containsExactly(1L);
  }
}
