/**
 * The running node: builds it from a home and options, answers the control socket, keeps raw
 * messages until somebody reads them.
 *
 * <p>It is no user interface: what people see is made by {@code cli} from the JSON that comes from
 * here. Laws: a message is accepted only once it is kept; what a peer sends is bounded here by the
 * ring; what wires decides nothing.
 */
@NullMarked
package org.wayfolk.daemon.run;

import org.jspecify.annotations.NullMarked;
