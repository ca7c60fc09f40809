package org.wayfolk.daemon.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything else that is served: it refuses whoever is not our own page, and puts
 * the rules for browsers on every answer, whoever gives it. Upgrades to WebSocket pass it too.
 */
final class Gate extends Handler.Wrapper {
  static final String OPEN = "/open";
  static final String SOCKET = "/socket";
  static final String BLOBS = "/blob/";

  /**
   * What a page of ours may load: our files and nothing else; no form, no frame, no base. Browsers
   * disagreed for years on whether {@code 'self'} holds for sockets, so ours is named.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " font-src 'self'; connect-src 'self'%s; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
          + " trusted-types 'none'";

  private static final String CSP = "Content-Security-Policy";

  static final HttpFields RULES =
      HttpFields.build()
          .add(CSP, POLICY.formatted(""))
          .add("X-Content-Type-Options", "nosniff")
          .add("Referrer-Policy", "no-referrer")
          .add("Cross-Origin-Opener-Policy", "same-origin")
          .add("Cross-Origin-Resource-Policy", "same-origin")
          .add("X-Frame-Options", "DENY")
          .add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
          .asImmutable();

  /** A refusal. */
  private record No(int status, Refusals.Why why) {}

  private final Sites sites;
  private final Refusals refusals;

  Gate(Sites sites, Refusals refusals) {
    this.sites = sites;
    this.refusals = refusals;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = response.getHeaders();
    for (HttpField rule : RULES) {
      headers.put(rule);
    }
    No no = judge(request);
    if (no == null) {
      String host = String.valueOf(request.getHeaders().get("Host"));
      // A policy can name no IPv6 address, and browsers say so loudly; there 'self' must do.
      String socket = host.startsWith("[") ? "" : " ws://" + host + SOCKET;
      headers.put(CSP, POLICY.formatted(socket));
      return super.handle(request, response, callback);
    }
    refusals.count(no.why());
    response.setStatus(no.status());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    if (no.why() == Refusals.Why.METHOD) {
      headers.put(
          HttpHeader.ALLOW, Request.getPathInContext(request).equals(OPEN) ? "POST" : "GET, HEAD");
    }
    // What was not read of a refused request must not be taken for the next one.
    headers.put(HttpHeader.CONNECTION, "close");
    byte[] text = ("refused: " + no.why().key() + "\n").getBytes(StandardCharsets.US_ASCII);
    response.write(true, ByteBuffer.wrap(text), callback);
    return true;
  }

  private @Nullable No judge(Request request) {
    HttpFields headers = request.getHeaders();
    String host = only(headers, "Host");
    if (host == null || !sites.host(host) || !authority(request, host)) {
      return new No(403, Refusals.Why.HOST);
    }
    if (headers.contains(HttpHeader.ORIGIN)
        && !Sites.origin(host).equals(only(headers, "Origin"))) {
      return new No(403, Refusals.Why.ORIGIN);
    }
    String path = Request.getPathInContext(request);
    String method = request.getMethod();
    if (!fromOurs(headers, method, path)) {
      return new No(403, Refusals.Why.CROSS_SITE);
    }
    boolean asks = path.equals(OPEN);
    boolean reads = HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method);
    if (asks ? !HttpMethod.POST.is(method) : !reads) {
      return new No(405, Refusals.Why.METHOD);
    }
    // Browsers send an origin with each of these; whoever does not is none.
    boolean upgrade = path.equals(SOCKET);
    if ((asks || upgrade) && !headers.contains(HttpHeader.ORIGIN)) {
      return new No(403, Refusals.Why.ORIGIN);
    }
    boolean wants =
        headers.contains(HttpHeader.UPGRADE) || headers.contains("Sec-WebSocket-Version");
    if (upgrade != wants || (upgrade && !"websocket".equalsIgnoreCase(only(headers, "Upgrade")))) {
      return new No(400, Refusals.Why.MALFORMED);
    }
    return null;
  }

  /** A request may name a host in its first line too. */
  private static boolean authority(Request request, String host) {
    String authority = request.getHttpURI().getAuthority();
    return authority == null || authority.equals(host);
  }

  /**
   * What the browser says of who asks. Another site may lead to the page as a link does, which
   * shows it and tells that site nothing; it may load nothing of it.
   */
  private static boolean fromOurs(HttpFields headers, String method, String path) {
    String site = headers.get("Sec-Fetch-Site");
    if (site == null || site.equals("same-origin") || site.equals("none")) {
      return true;
    }
    return HttpMethod.GET.is(method)
        && path.equals("/")
        && "navigate".equals(headers.get("Sec-Fetch-Mode"))
        && "document".equals(headers.get("Sec-Fetch-Dest"));
  }

  /** The value of a header that stands there once. */
  private static @Nullable String only(HttpFields headers, String name) {
    List<String> all = headers.getValuesList(name);
    return all.size() == 1 ? all.getFirst() : null;
  }
}
