/** Fakes for testing protocols: links and effects that record what was asked of them. */
@NullMarked
package org.wayfolk.protocol;

import org.jspecify.annotations.NullMarked;
