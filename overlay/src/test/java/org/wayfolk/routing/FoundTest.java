package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.transport.Address;

class FoundTest {
  private static final Network NET = Network.local();
  private static final long NOW = 1_800_000_000_000L;

  @Test
  void anAnswerLosesOnItsWayWhatTheNextLinkMayNotHear() {
    PeerRecord here = Records.of(NET, 1, NOW, "127.0.0.1:4242");
    PeerRecord lan = Records.of(NET, 2, NOW, "192.168.1.2:4242", "8.8.8.8:4242");
    PeerRecord far = Records.of(NET, 3, NOW, "8.8.8.8:4242");
    PeerRecord ended = Records.of(NET, 4, NOW - PeerRecord.ADDRESS_LIFE_MILLIS, "8.8.8.8:4242");
    Found found = new Found(5, List.of(here, lan, far, ended));

    assertThat(found.fit(NET, Address.parse("9.9.9.9:1"), NOW).records()).containsExactly(far);
    assertThat(found.fit(NET, Address.parse("192.168.9.9:1"), NOW).records())
        .containsExactly(lan, far);
    assertThat(found.fit(NET, Address.parse("127.0.0.2:1"), NOW).records())
        .containsExactly(here, lan, far);
    assertThat(found.fit(NET, Address.parse("9.9.9.9:1"), NOW).nonce()).isEqualTo(5);
    Found fits = new Found(5, List.of(far));
    assertThat(fits.fit(NET, Address.parse("9.9.9.9:1"), NOW)).isSameAs(fits);
  }
}
