/** Tests of the page's files, as far as files alone can be tested; browsers test the rest. */
@NullMarked
package org.wayfolk.daemon.page;

import org.jspecify.annotations.NullMarked;
