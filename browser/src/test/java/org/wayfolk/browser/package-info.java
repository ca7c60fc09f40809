/**
 * The page of Wayfolk in a real browser: homes in processes of their own, their pages as people
 * open them, and pages of strangers that try to get at them.
 *
 * <p>It uses a page as its user does, by roles and names and the few {@code data-} hooks that the
 * page promises; it calls nothing inside it. Law: a page that logs an error, breaks its own content
 * policy, shows a dialog of the browser or fetches anything from outside has failed, whatever else
 * it does.
 */
@NullMarked
package org.wayfolk.browser;

import org.jspecify.annotations.NullMarked;
