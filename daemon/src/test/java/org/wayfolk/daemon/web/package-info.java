/** Tests of the local page: the gate, codes, tokens, the challenge and the socket, by raw bytes. */
@NullMarked
package org.wayfolk.daemon.web;

import org.jspecify.annotations.NullMarked;
