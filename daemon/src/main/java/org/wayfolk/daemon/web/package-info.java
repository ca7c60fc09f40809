/**
 * The local page: its files over HTTP on loopback, and the requests of the control socket over a
 * WebSocket (docs/page-api.md).
 *
 * <p>It answers nothing itself but who may ask; what requests mean is known to the handler that it
 * is given. It is no web server for others: nothing here ever listens beyond loopback.
 *
 * <p>Threats: every website in the same browser (rebinding, forged requests, framing), every other
 * user of the machine (connecting, guessing, sitting on the port while the node is away), and every
 * text that peers wrote and the page shows. So: exact names and origins, no cookies, a code that
 * works once, a token that never travels, and a policy under which no foreign script runs.
 */
@NullMarked
package org.wayfolk.daemon.web;

import org.jspecify.annotations.NullMarked;
