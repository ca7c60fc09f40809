/**
 * The messenger inside the program: opens it over the home's store once there are people, answers
 * the commands about people, and has the words for what can go wrong.
 *
 * <p>Law: what a command was told is stored, sent or delivered is so.
 */
@NullMarked
package org.wayfolk.daemon.people;

import org.jspecify.annotations.NullMarked;
