/** What a large store costs: rows with sealed texts, search over them, opening. */
@NullMarked
package org.wayfolk.bench.store;

import org.jspecify.annotations.NullMarked;
