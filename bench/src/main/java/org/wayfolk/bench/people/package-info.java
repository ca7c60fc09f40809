/** What a home with very many friends and messages costs: makes one. */
@NullMarked
package org.wayfolk.bench.people;

import org.jspecify.annotations.NullMarked;
