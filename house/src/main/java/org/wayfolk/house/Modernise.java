package org.wayfolk.house;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites jars with class files from before Java 6 as Java 8 ones with stack maps, so that the
 * start-up cache can hold their classes: the JVM leaves older ones out, and with them each of ours
 * that touches them. Takes signatures away for the same reason. Done to copies, by the launcher;
 * what the classes do stays as it was.
 */
final class Modernise {

  /** The first version whose classes the cache takes: it has stack maps (JSR 202). */
  private static final int FIRST_WITH_STACK_MAPS = 50;

  private final Map<String, byte[]> entries = new TreeMap<>();

  private Modernise() {}

  static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      Modernise modernise = new Modernise();
      modernise.read(Path.of(jar));
      Path to = Path.of(jar + ".new");
      modernise.write(to);
      Files.move(to, Path.of(jar), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void read(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory() && !isSignature(entry.getName())) {
          entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  /**
   * Signed classes are left out of the cache too, and a signed jar costs half a second of checking
   * at each start. Whether the jar is the one we pinned was checked when it was fetched.
   */
  private static boolean isSignature(String name) {
    return name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  }

  private void write(Path jar) throws IOException {
    ClassFile tool =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(c -> find(c.descriptorString()))),
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        boolean isClass = entry.getKey().endsWith(".class");
        zip.write(isClass ? modern(tool, entry.getValue()) : entry.getValue());
        zip.closeEntry();
      }
    }
  }

  private static byte[] modern(ClassFile tool, byte[] bytes) {
    ClassModel old = tool.parse(bytes);
    if (old.majorVersion() >= FIRST_WITH_STACK_MAPS) {
      return bytes;
    }
    return tool.transformClass(
        old,
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion v -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            // Element by element, so that the code is built anew and gets its stack maps.
            case MethodModel m ->
                builder.transformMethod(
                    m, MethodTransform.transformingCode((code, part) -> code.with(part)));
            default -> builder.with(element);
          }
        });
  }

  /** The class file of a type, from the jar itself or from the JDK. */
  private InputStream find(String descriptor) {
    String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
    byte[] own = entries.get(name);
    return own != null
        ? new ByteArrayInputStream(own)
        : ClassLoader.getSystemResourceAsStream(name);
  }
}
