package org.wayfolk.daemon.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whoever speaks HTTP to a page byte by byte, so that nothing is mended on the way. */
final class Visitor {
  /** What came back. */
  record Reply(int status, List<String> head, String body) {
    Optional<String> header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ": ";
      return head.stream()
          .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(start))
          .map(h -> h.substring(start.length()))
          .findFirst();
    }
  }

  /** 127.0.0.1. */
  static final InetAddress HERE = here();

  private final int port;

  private static InetAddress here() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  Visitor(int port) {
    this.port = port;
  }

  /** The name that pages use. */
  String host() {
    return Sites.NAME + ":" + port;
  }

  String origin() {
    return "http://" + host();
  }

  Reply get(String path, String... headers) throws IOException {
    return ask("GET", path, host(), "", headers);
  }

  Reply ask(String method, String path, String host, String body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (!host.isEmpty()) {
      head.append("Host: ").append(host).append("\r\n");
    }
    for (String h : headers) {
      head.append(h).append("\r\n");
    }
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return raw(head + "Connection: close\r\n\r\n" + body);
  }

  /** Gives a code back as a page does. */
  Reply code(String code) throws IOException {
    return ask(
        "POST",
        "/open",
        host(),
        "{\"code\":\"" + code + "\"}",
        "Origin: " + origin(),
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/json");
  }

  /** Sends bytes, reads until the other side closes. */
  Reply raw(String bytes) throws IOException {
    try (Socket socket = new Socket(Visitor.HERE, port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return reply(socket.getInputStream());
    }
  }

  private static Reply reply(InputStream in) throws IOException {
    List<String> head = head(in);
    String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(head.getFirst().split(" ", 3)[1]), head, body);
  }

  /** The lines up to the empty one. */
  static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the server closed in the head, after " + lines);
      }
      line.write(b);
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1).strip();
        line.reset();
        if (text.isEmpty()) {
          return lines;
        }
        lines.add(text);
      }
    }
  }
}
