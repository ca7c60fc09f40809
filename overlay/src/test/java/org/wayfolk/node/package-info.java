/** The node as a whole, on a stage where the test moves every frame by hand. */
@NullMarked
package org.wayfolk.node;

import org.jspecify.annotations.NullMarked;
