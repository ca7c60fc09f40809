package org.wayfolk.daemon.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.peer.PeerCache;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.Malformed;

/**
 * Known peers across restarts: a line each, the signed record in base64 and, where we met the peer,
 * a space and the address. A line that cannot be read costs that peer and no more.
 */
public final class PeersFile implements PeerCache {
  private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);

  /** 64 lines of the longest record and address, twice over. */
  private static final int MAX_BYTES = 131_072;

  private final Home home;
  private final Consumer<Failure> trouble;

  /**
   * The peers of a home.
   *
   * @param trouble told when peers cannot be kept; the node goes on
   */
  public PeersFile(Home home, Consumer<Failure> trouble) {
    this.home = home;
    this.trouble = trouble;
  }

  @Override
  public List<Hint> load() {
    Path file = home.dir().resolve("peers");
    List<Hint> out = new ArrayList<>();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("too long");
      }
      // Latin-1 reads any byte, so that a damaged line is one bad line and not a failure of all.
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        Hint hint = parse(line);
        if (hint != null) {
          out.add(hint);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("no peers known yet");
    } catch (IOException e) {
      trouble.accept(DiskTrouble.explain(e, "reading the known peers", file));
    }
    return out;
  }

  private static @Nullable Hint parse(String line) {
    String[] parts = line.split(" ", 2);
    try {
      byte[] bytes = Base64.getDecoder().decode(parts[0]);
      PeerRecord record = PeerRecord.decode(bytes, PeersFile::idOf);
      return new Hint(record, parts.length == 2 ? Address.parse(parts[1]) : null);
    } catch (Malformed | IllegalArgumentException e) {
      LOG.warn("a line of the known peers is damaged");
      return null;
    }
  }

  private static NodeId idOf(byte[] key) {
    return PublicIdentity.idOf(key, 0);
  }

  @Override
  public void save(List<Hint> hints) {
    StringBuilder text = new StringBuilder();
    for (Hint hint : hints) {
      text.append(Base64.getEncoder().encodeToString(hint.record().bytes()));
      if (hint.proven() != null) {
        text.append(' ').append(hint.proven());
      }
      text.append('\n');
    }
    try {
      home.write("peers", text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (Failure e) {
      trouble.accept(e);
    }
  }
}
