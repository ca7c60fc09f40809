package org.wayfolk.daemon.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What help shows: the options of every command once, on the program's own page. */
final class HelpPage {
  private static final String EVERYWHERE =
      """

      Exit status: 0 done, 1 failed, 2 usage, 3 not running, 4 no route, 5 timed out, 6 refused.
      New here? Try `wayfolk demo`.
      """;

  private static final String ELSEWHERE =
      """

      --home, --json, -q, -v, --timeout and -h go with every command: see `wayfolk --help`.
      """;

  private HelpPage() {}

  /** Arranges the page of a command line and of all below it. */
  static void arrange(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> EVERYWHERE);
    line.getSubcommands().values().forEach(HelpPage::arrangeCommand);
  }

  private static void arrangeCommand(CommandLine command) {
    var sections = command.getHelpSectionMap();
    sections.put(
        UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
        help -> own(help).isEmpty() ? "" : help.optionListHeading());
    sections.put(
        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
        help -> own(help).isEmpty() ? "" : help.optionListExcludingGroups(own(help)));
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> ELSEWHERE);
    command.getSubcommands().values().forEach(HelpPage::arrangeCommand);
  }

  private static List<OptionSpec> own(Help help) {
    return help.commandSpec().options().stream()
        .filter(o -> !o.inherited() && !o.hidden() && !o.usageHelp() && !o.versionHelp())
        .toList();
  }
}
