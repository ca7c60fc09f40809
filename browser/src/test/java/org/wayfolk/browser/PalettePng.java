package org.wayfolk.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A picture with at most 256 colours, as a PNG of a third of the size: of the page's plain grounds
 * and smoothed letters nobody sees the difference. Median cut (Heckbert 1982).
 */
final class PalettePng {
  private static final int COLOURS = 256;

  private PalettePng() {}

  /** Writes a PNG again, smaller; answers its bytes. */
  static long write(byte[] png, Path file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) & 0xff_ffff, 1, Integer::sum);
      }
    }
    Map<Integer, Integer> index = new HashMap<>();
    IndexColorModel model = palette(counts, index);
    BufferedImage small =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) & 0xff_ffff;
        small.getRaster().setSample(x, y, 0, index.getOrDefault(colour, 0));
      }
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(small, "png", out);
    }
    return Files.size(file);
  }

  private static IndexColorModel palette(
      Map<Integer, Integer> counts, Map<Integer, Integer> index) {
    List<List<Integer>> boxes = new ArrayList<>();
    boxes.add(new ArrayList<>(counts.keySet()));
    while (boxes.size() < COLOURS) {
      List<Integer> widest =
          boxes.stream()
              .filter(b -> b.size() > 1)
              .max(Comparator.comparingLong(b -> weight(b, counts)))
              .orElse(List.of());
      if (widest.isEmpty()) {
        break;
      }
      int shift = shift(widest);
      List<Integer> sorted = new ArrayList<>(widest);
      sorted.sort(Comparator.comparingInt(c -> (c >> shift) & 0xff));
      boxes.remove(widest);
      boxes.add(sorted.subList(0, sorted.size() / 2));
      boxes.add(sorted.subList(sorted.size() / 2, sorted.size()));
    }
    byte[][] rgb = new byte[3][boxes.size()];
    for (int i = 0; i < boxes.size(); i++) {
      for (int channel = 0; channel < 3; channel++) {
        rgb[channel][i] = (byte) mean(boxes.get(i), counts, 16 - 8 * channel);
      }
      for (int colour : boxes.get(i)) {
        index.put(colour, i);
      }
    }
    return new IndexColorModel(8, boxes.size(), rgb[0], rgb[1], rgb[2]);
  }

  /** How far the colours of a box differ, and how often they are there: what is split first. */
  private static long weight(List<Integer> box, Map<Integer, Integer> counts) {
    long pixels = 0;
    for (int colour : box) {
      pixels += counts.getOrDefault(colour, 0);
    }
    int shift = shift(box);
    return range(box, shift) * (long) (16 + Math.sqrt((double) pixels));
  }

  private static int shift(List<Integer> box) {
    return List.of(16, 8, 0).stream().max(Comparator.comparingInt(s -> range(box, s))).orElse(0);
  }

  private static int range(List<Integer> box, int shift) {
    int least = 255;
    int most = 0;
    for (int colour : box) {
      int value = (colour >> shift) & 0xff;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return most - least;
  }

  /** The commonest colour of a box counts most, so that grounds stay what they are. */
  private static int mean(List<Integer> box, Map<Integer, Integer> counts, int shift) {
    double sum = 0;
    double pixels = 0;
    for (int colour : box) {
      double weight = Math.pow(counts.getOrDefault(colour, 0), 2);
      sum += weight * ((colour >> shift) & 0xff);
      pixels += weight;
    }
    return (int) Math.round(sum / pixels);
  }
}
