/**
 * The program: the entry point, and below it a package a feature.
 *
 * <p>It builds one node from a home, owns its life, and is its command line. It is no protocol:
 * what it may decide is what a user may choose. Packages, each using only those before it: {@code
 * terminal}, {@code process}, {@code home}, {@code control}, {@code run}, {@code demo}, {@code
 * cli}.
 */
@NullMarked
package org.wayfolk.daemon;

import org.jspecify.annotations.NullMarked;
