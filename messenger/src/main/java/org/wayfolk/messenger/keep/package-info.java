/**
 * Backup, restore and export of what is a person's own.
 */
@NullMarked
package org.wayfolk.messenger.keep;

import org.jspecify.annotations.NullMarked;
