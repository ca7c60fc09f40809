package org.wayfolk.identity;

/** Chooses the provider, once. */
final class Providers {

  static final Crypto BEST = choose();

  private Providers() {}

  // LinkageError: the native of another platform or a broken extraction (UnsatisfiedLinkError,
  // NoClassDefFoundError, ExceptionInInitializerError). None of it is a reason not to start.
  private static Crypto choose() {
    try {
      return new ConscryptCrypto();
    } catch (LinkageError | RuntimeException e) {
      return new BouncyCrypto();
    }
  }

  static Crypto named(String name) {
    try {
      return switch (name) {
        case "conscrypt" -> new ConscryptCrypto();
        case "bouncycastle" -> new BouncyCrypto();
        default -> throw new IllegalArgumentException("no crypto provider " + name);
      };
    } catch (LinkageError e) {
      throw new IllegalArgumentException(name + " does not load here", e);
    }
  }
}
