// What the first run and the empty start say, in English.
export default {
  language: 'Language',
  step: 'Step {n} of {of}',
  nameTitle: 'What should people call you?',
  nameLead:
    'Only people you accept will see it. There is no account: your key is made on this computer '
    + 'and stays here.',
  name: 'Your name',
  nameNeeded: 'A name is needed; any will do. You can change it later.',
  passphrase: 'Passphrase',
  optional: 'optional',
  passphraseHolder: 'Four or more words you will remember',
  passphraseHint:
    'Without one, history on this disk is not encrypted. Nobody can reset it for you.',
  passphraseAgain: 'The passphrase once more',
  passphraseDiffers: 'The two are not the same. Type the second one again.',
  invited: 'Did somebody invite you?',
  invitedHint: 'Paste the link or type the five words. You meet while you go on here.',
  goOn: 'Continue',
  making: 'Making your key...',
  haveBackup: 'I have a backup, or my words',
  backupTitle: 'Come back from a backup',
  backupLead: 'A backup is taken back in the terminal, before there are people here. One after the other:',
  backupAfter: 'Then open this page again with “wayfolk open”. Your friends are told by themselves.',
  onlyWords: 'With the twenty-four words alone, while Wayfolk runs:',
  onlyWordsAfter:
    'Then meet your friends once more by an invitation. They know you as the same person.',
  wordsTitle: 'Twenty-four words that bring you back',
  wordsLead:
    'If this computer is lost, these words say who you are. Write them on paper. '
    + 'We cannot keep them for you, because there is no “we”.',
  wordsLabel: 'Recovery words',
  wordsForget: '“I wrote them down” also removes them from this computer.',
  wordsGone: 'The recovery words are on paper already, and only there.',
  wroteThem: 'I wrote them down',
  later: 'Later, remind me',
  print: 'Print',
  carryTitle: 'Carry a little for others',
  carryLead:
    'Nobody runs a server here. Your computer passes on sealed packets for others, as theirs do '
    + 'for you. It cannot read them, and it never opens web pages for strangers.',
  carryChoice: 'Carry for others?',
  carryYes: 'Yes, carry',
  carryYesHint: 'Up to the amount below. Your own messages always go first.',
  carryNo: 'No, only my own',
  carryNoHint: 'You can write all the same; others carry more.',
  atMost: 'At most, a day',
  video: {
    one: 'As much as about {n} minute of video',
    other: 'As much as about {n} minutes of video',
  },
  anyTime: 'You can change this at any time.',
  openWayfolk: 'Open Wayfolk',
  word: 'Your terminal shows the same word as this page: {word}. If it does not, close this page.',
  meeting: 'Meeting whoever invited you. You can go on here.',
  meetingFailed: 'The invitation did not lead to a meeting. You can see why after these steps.',
  metNow: 'You and {name} are connected. You can write as soon as you are through here.',
  failed: 'That could not be done: {error}',
};
