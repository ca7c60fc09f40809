/**
 * What a person has chosen for the program's looks and ways: small values by name. Not what a
 * conversation is set to, and not what the protocol knows. Law: nothing of it is read by anybody
 * but the screens that wrote it.
 */
@NullMarked
package org.wayfolk.messenger.setting;

import org.jspecify.annotations.NullMarked;
