/** Me, my friends and their devices, as stored. Decides who is a stranger. */
@NullMarked
package org.wayfolk.messenger.people;

import org.jspecify.annotations.NullMarked;
