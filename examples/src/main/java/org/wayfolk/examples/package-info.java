/**
 * Small programs on the library, each whole: what to copy from first. Built and run with every
 * build.
 */
@NullMarked
package org.wayfolk.examples;

import org.jspecify.annotations.NullMarked;
