package org.wayfolk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  @Test
  void withoutConscryptTheChoiceIsBouncyCastle() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("conscrypt")) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader without = new URLClassLoader(path.toArray(URL[]::new), platform)) {
      assertThatThrownBy(() -> without.loadClass("org.conscrypt.Conscrypt"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> crypto = without.loadClass(Crypto.class.getName());
      Method best = crypto.getMethod("best");
      Method name = crypto.getMethod("name");
      assertThat(name.invoke(best.invoke(null))).isEqualTo("bouncycastle");
    }
  }

  @Test
  void namesEveryProviderAndNoOther() {
    for (String name : List.of("conscrypt", "bouncycastle")) {
      assertThat(Crypto.named(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> Crypto.named("rot13")).isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Half of all 32-byte strings are no points; none of these signatures is valid; nothing throws.
   */
  @Test
  void bothRefuseWhatIsNoKeyWithoutThrowing() {
    SplittableRandom random = new SplittableRandom(9);
    List<Crypto> both = Vectors.providers().toList();
    for (int i = 0; i < 300; i++) {
      byte[] key = new byte[32];
      byte[] signature = new byte[64];
      random.nextBytes(key);
      random.nextBytes(signature);
      signature[63] &= 0x0f; // S below the order, nearly always
      for (Crypto crypto : both) {
        assertThat(crypto.ed25519Verify(key, signature, signature)).isFalse();
      }
    }
  }
}
