/**
 * Who somebody is: root keys, cards, device certificates and lists, verification. Pure values and
 * checks; no storage.
 */
@NullMarked
package org.wayfolk.messenger.person;

import org.jspecify.annotations.NullMarked;
