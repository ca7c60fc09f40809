/**
 * The command line: reads options, asks the running node, and shows the answers to people or to
 * scripts (docs/cli.md).
 *
 * <p>It decides nothing about the network. Laws: a verb means one thing everywhere; an error is one
 * line with what to do; names of hosts are resolved here and nowhere below. Start-up matters: only
 * the command that was asked for is loaded.
 */
@NullMarked
package org.wayfolk.daemon.cli;

import org.jspecify.annotations.NullMarked;
