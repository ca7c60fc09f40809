package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.wayfolk.daemon.terminal.Json;

/** A page's end of the socket, byte by byte (RFC 6455), so that a test can also do it wrongly. */
final class Guest implements AutoCloseable {
  private static final String NONCE = Secrets.base64(new byte[Secrets.LENGTH]);

  private final Socket socket;
  private final DataInputStream in;
  final List<String> head;

  private Guest(Socket socket, String host, List<String> headers) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
    StringBuilder ask = new StringBuilder("GET /socket HTTP/1.1\r\nHost: " + host + "\r\n");
    headers.forEach(h -> ask.append(h).append("\r\n"));
    ask.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    ask.append("Sec-WebSocket-Extensions: permessage-deflate\r\n");
    ask.append("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    socket.getOutputStream().write(ask.toString().getBytes(StandardCharsets.ISO_8859_1));
    head = Visitor.head(in);
  }

  /** Asks for a socket as any page of any site would, with that host and those headers. */
  static Guest knock(int port, String host, String... headers) throws IOException {
    return new Guest(new Socket(Visitor.HERE, port), host, List.of(headers));
  }

  /** Asks for a socket as our own page does. */
  static Guest come(int port) throws IOException {
    String host = Sites.NAME + ":" + port;
    return knock(port, host, "Origin: http://" + host);
  }

  /** Comes in with a token. */
  static Guest in(int port, String token) throws IOException {
    Guest g = come(port);
    g.prove(token);
    return g;
  }

  int status() {
    return Integer.parseInt(head.getFirst().split(" ", 3)[1]);
  }

  /** The handshake; answers what the daemon says when it is done. */
  ObjectNode prove(String token) throws IOException {
    byte[] key = Secrets.sha256(Base64.getUrlDecoder().decode(token));
    ObjectNode challenge = greet(name(key));
    String s = challenge.path("nonce").asText();
    if (!challenge
        .path("proof")
        .asText()
        .equals(Secrets.proof(key, "wayfolk page daemon", NONCE, s))) {
      throw new IOException("that is not our daemon");
    }
    say(Json.object().put("proof", Secrets.proof(key, "wayfolk page client", s, NONCE)));
    return hear();
  }

  /** The first half of it: names a token and hears the challenge. */
  ObjectNode greet(String name) throws IOException {
    say(Json.object().put("wayfolk", 1).put("token", name).put("nonce", NONCE));
    return hear();
  }

  /** How a page names its token. */
  static String name(byte[] key) {
    return Secrets.hex(Secrets.sha256(key)).substring(0, 16);
  }

  void say(ObjectNode what) throws IOException {
    frame(0x81, Json.line(what).getBytes(StandardCharsets.UTF_8));
  }

  void frame(int first, byte[] payload) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(payload.length + 14);
    out.put((byte) first);
    if (payload.length < 126) {
      out.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      out.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      out.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    out.putInt(0).put(payload); // a mask of zeros changes nothing
    OutputStream to = socket.getOutputStream();
    to.write(out.array(), 0, out.position());
  }

  /** The next frame, which is text; a close is an exception that names its code. */
  ObjectNode hear() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = in.readNBytes((int) length);
    if ((first & 15) == 8) {
      throw new Closed(ByteBuffer.wrap(payload).getShort());
    }
    return Json.parse(new String(payload, StandardCharsets.UTF_8));
  }

  /** Reads until the daemon closes; the code it gives, or 0 if it hangs up without one. */
  int closed() throws IOException {
    try {
      while (true) {
        hear();
      }
    } catch (Closed e) {
      return e.code;
    } catch (java.io.EOFException | java.net.SocketException e) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The daemon closed. */
  static final class Closed extends IOException {
    private static final long serialVersionUID = 1;
    final int code;

    Closed(int code) {
      super("closed with " + code);
      this.code = code;
    }
  }
}
