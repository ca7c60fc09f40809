package org.wayfolk.daemon.cli;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A QR code in half blocks: two rows of it in one row of text, dark on light in any colours. */
final class TerminalQr {
  private static final String LIGHT = "\u001b[30;107m";
  private static final String END = "\u001b[0m";

  private TerminalQr() {}

  static List<String> lines(String text) {
    BitMatrix dots;
    try {
      dots =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN,
                      2,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.L));
    } catch (WriterException e) {
      return List.of(); // too long for a QR: the text itself is shown in any case
    }
    List<String> out = new ArrayList<>();
    for (int y = 0; y < dots.getHeight(); y += 2) {
      StringBuilder row = new StringBuilder(LIGHT);
      for (int x = 0; x < dots.getWidth(); x++) {
        boolean top = dots.get(x, y);
        boolean bottom = y + 1 < dots.getHeight() && dots.get(x, y + 1);
        row.append(top ? bottom ? '█' : '▀' : bottom ? '▄' : ' ');
      }
      out.add(row.append(END).toString());
    }
    return out;
  }
}
