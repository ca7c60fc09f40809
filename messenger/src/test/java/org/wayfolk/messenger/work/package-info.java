/** Tests of the engine, and the bench on which the rooms above are tested. */
@NullMarked
package org.wayfolk.messenger.work;

import org.jspecify.annotations.NullMarked;
