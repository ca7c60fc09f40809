package org.wayfolk.daemon.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the server itself answers to a request that it cannot read or serve: the status and not a
 * word of the request or of ourselves.
 */
final class PlainErrors extends ErrorHandler {
  private final Refusals refusals;

  PlainErrors(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    refusals.count(Refusals.Why.MALFORMED);
    HttpFields.Mutable headers = response.getHeaders();
    Gate.RULES.forEach(headers::put);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.write(true, text(code), callback);
  }

  private static ByteBuffer text(int status) {
    return ByteBuffer.wrap(("status " + status + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
