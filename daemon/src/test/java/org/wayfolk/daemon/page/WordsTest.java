package org.wayfolk.daemon.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every text of the page is there in both languages, and every text that is asked for is there. */
final class WordsTest {
  private static final Pattern KEY = Pattern.compile("(?m)^  '?(\\w+)'?:(.*(?:\\n    .*)*)");
  private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");
  private static final Pattern ASKED = Pattern.compile("\\bt\\(\\s*['\"](\\w+)\\.(\\w+)['\"]");
  private static final Pattern FORM = Pattern.compile("\\b(one|few|many|other):");

  @Test
  void bothLanguagesHaveTheSameTexts() {
    Map<String, Map<String, String>> english = words("en");
    Map<String, Map<String, String>> russian = words("ru");
    assertThat(russian.keySet()).isEqualTo(english.keySet());
    english.forEach((room, texts) ->
        assertThat(russian.getOrDefault(room, Map.of()).keySet())
            .as(room)
            .isEqualTo(texts.keySet()));
  }

  @Test
  void russianFillsInNothingThatEnglishDoesNotHave() {
    Map<String, Map<String, String>> russian = words("ru");
    words("en")
        .forEach((room, texts) ->
            texts.forEach((key, text) ->
                assertThat(holes(russian.getOrDefault(room, Map.of()).getOrDefault(key, "")))
                    .as("%s.%s", room, key)
                    .isSubsetOf(holes(text))));
  }

  @Test
  void pluralsHaveAllFormsOfTheirLanguage() {
    assertPlurals("en", Set.of("one", "other"));
    assertPlurals("ru", Set.of("one", "few", "many", "other"));
  }

  @Test
  void everyTextThatIsAskedForByNameIsThere() {
    Map<String, Map<String, String>> english = words("en");
    List<String> missing = new ArrayList<>();
    PageFiles.ours(".js")
        .forEach((file, text) -> {
          Matcher asked = ASKED.matcher(text);
          while (asked.find()) {
            if (!english.getOrDefault(asked.group(1), Map.of()).containsKey(asked.group(2))) {
              missing.add(file + ": " + asked.group(1) + "." + asked.group(2));
            }
          }
        });
    assertThat(missing).isEmpty();
  }

  private static void assertPlurals(String language, Set<String> forms) {
    words(language)
        .forEach((room, texts) ->
            texts.forEach((key, text) -> {
              Set<String> found = all(FORM, text);
              if (text.strip().startsWith("{")) {
                assertThat(found).as("%s %s.%s", language, room, key).isEqualTo(forms);
              }
            }));
  }

  private static Map<String, Map<String, String>> words(String language) {
    var rooms = new TreeMap<String, Map<String, String>>();
    PageFiles.ours(".js")
        .forEach((file, text) -> {
          if (file.startsWith("words/" + language + "/") && !file.endsWith("/index.js")) {
            var texts = new TreeMap<String, String>();
            Matcher key = KEY.matcher(text);
            while (key.find()) {
              texts.put(key.group(1), key.group(2));
            }
            String name = file.substring(file.lastIndexOf('/') + 1, file.length() - 3);
            rooms.put(name, texts);
          }
        });
    return rooms;
  }

  private static Set<String> holes(String text) {
    return all(HOLE, text);
  }

  private static Set<String> all(Pattern pattern, String text) {
    var found = new TreeSet<String>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
