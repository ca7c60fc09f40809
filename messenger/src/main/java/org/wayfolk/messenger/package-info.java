/**
 * The messenger: conversations between people that survive restarts and absence. Wires its rooms
 * and is their public face; decides nothing.
 */
@NullMarked
package org.wayfolk.messenger;

import org.jspecify.annotations.NullMarked;
