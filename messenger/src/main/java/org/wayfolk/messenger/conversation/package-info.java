/** What is shown: messages in their order, edits, reactions, read marks, drafts, search. */
@NullMarked
package org.wayfolk.messenger.conversation;

import org.jspecify.annotations.NullMarked;
