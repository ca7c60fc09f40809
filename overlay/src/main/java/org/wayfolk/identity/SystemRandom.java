package org.wayfolk.identity;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * The operating system's randomness, for {@link Identity#mint(int, Progress)} alone: a convenience
 * of main programs, which have no other source at hand. Everything else is given its randomness.
 */
final class SystemRandom {

  private SystemRandom() {}

  static RandomGenerator open() {
    return new SecureRandom();
  }
}
