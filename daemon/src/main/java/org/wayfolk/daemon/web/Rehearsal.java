package org.wayfolk.daemon.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.wayfolk.daemon.terminal.Json;

/**
 * Visits the page once as a browser does, so that what a visit takes is in the start-up cache that
 * the launcher makes in such a run. It gets no token and asks for nothing that needs one.
 */
final class Rehearsal {
  /** Set by the launcher while it makes the cache. */
  static final String PROPERTY = "wayfolk.rehearse";

  private static final int WAIT_MILLIS = 5_000;

  /** A page's farewell: code 1000 under a mask of zeros. */
  private static final String CLOSE = "\u0088\u0082\0\0\0\0\u0003\u00e8";

  private Rehearsal() {}

  static void visit(Sites sites) {
    String host = Sites.NAME + ":" + sites.port();
    try {
      said(sites, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      String code = Json.line(Json.object().put("code", "rehearsal"));
      said(
          sites,
          "POST /open HTTP/1.1\r\nHost: "
              + host
              + "\r\nOrigin: http://"
              + host
              + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
              + code.length()
              + "\r\n\r\n"
              + code);
      socket(sites, host);
    } catch (IOException e) {
      // Then the first visit takes a little longer.
    }
  }

  /** Knocks, names a token that nobody has, and is refused. */
  private static void socket(Sites sites, String host) throws IOException {
    String upgrade =
        "GET /socket HTTP/1.1\r\nHost: "
            + host
            + "\r\nOrigin: http://"
            + host
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    String hello =
        Json.line(
            Json.object()
                .put("wayfolk", Handshake.VERSION)
                .put("token", "0")
                .put("nonce", Secrets.base64(new byte[Secrets.LENGTH])));
    String proof = Json.line(Json.object().put("proof", ""));
    said(sites, upgrade + frame(hello) + frame(proof) + CLOSE);
  }

  /** A short frame of text under a mask of zeros, which changes nothing. */
  private static String frame(String text) {
    return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
  }

  private static void said(Sites sites, String what) throws IOException {
    byte[] four = {127, 0, 0, 1};
    try (Socket socket = new Socket(InetAddress.getByAddress(four), sites.port())) {
      socket.setSoTimeout(WAIT_MILLIS);
      socket.getOutputStream().write(what.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
