/** Tests of the link hello. */
@NullMarked
package org.wayfolk.hello;

import org.jspecify.annotations.NullMarked;
