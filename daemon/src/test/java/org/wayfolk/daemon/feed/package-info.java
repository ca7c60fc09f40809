/** Tests of {@code feed}: numbers, gaps, and what is told of real messengers. */
@NullMarked
package org.wayfolk.daemon.feed;

import org.jspecify.annotations.NullMarked;
