/**
 * One turn after another: the only writer of the messenger. A turn takes what has happened, changes
 * the store in one transaction, and lets effects out only once that is on disk. Law: nothing
 * leaves, and nobody is told, before it is stored.
 */
@NullMarked
package org.wayfolk.messenger.work;

import org.jspecify.annotations.NullMarked;
