package org.wayfolk.daemon.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, all read at once: what a request names is looked up among them and never
 * on a disk, so that no path leads anywhere else.
 */
final class Assets {
  /** For who works on the page: a directory to serve instead, read anew at each request. */
  static final String DEVELOP = "wayfolk.page";

  private static final String ROOT = "page/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2");

  /**
   * One file.
   *
   * @param type its media type
   * @param tag its entity tag, quotes included: a hash of the bytes
   */
  record Asset(byte[] bytes, String type, String tag) {}

  private final Map<String, Asset> byPath;
  private final @Nullable Path develop;

  private Assets(Map<String, Asset> byPath, @Nullable Path develop) {
    this.byPath = byPath;
    this.develop = develop;
  }

  /** Those of the program, or of the directory that a developer names. */
  static Assets load() throws IOException {
    String own = System.getProperty(DEVELOP);
    return own == null ? new Assets(packed(), null) : new Assets(Map.of(), Path.of(own));
  }

  /** The file at a path, which begins with a slash; null if there is none. */
  @Nullable Asset find(String path) throws IOException {
    Map<String, Asset> all = develop == null ? byPath : directory(develop);
    return all.get(path.equals("/") ? "/index.html" : path);
  }

  private static Map<String, Asset> packed() throws IOException {
    URL root = Assets.class.getClassLoader().getResource(ROOT);
    if (root == null) {
      return Map.of();
    }
    if (root.openConnection() instanceof JarURLConnection jar) {
      jar.setUseCaches(false); // our own copy of the jar, to be closed
      try (JarFile file = jar.getJarFile()) {
        return jar(file);
      }
    }
    try {
      return directory(Path.of(new URI(root.toString())));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, Asset> jar(JarFile file) throws IOException {
    Map<String, Asset> out = new HashMap<>();
    for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
        try (InputStream in = file.getInputStream(entry)) {
          put(out, entry.getName().substring(ROOT.length()), in.readAllBytes());
        }
      }
    }
    return out;
  }

  private static Map<String, Asset> directory(Path root) throws IOException {
    Map<String, Asset> out = new HashMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        put(out, name, Files.readAllBytes(file));
      }
    }
    return out;
  }

  /** What has no type that a page needs is not served. */
  private static void put(Map<String, Asset> out, String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type != null) {
      String tag = '"' + Secrets.hex(Secrets.sha256(bytes)).substring(0, 32) + '"';
      out.put("/" + name, new Asset(bytes, type, tag));
    }
  }
}
