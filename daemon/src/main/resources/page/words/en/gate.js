// Unopened, locked, stopped, failed and wiped, in English.
export default {
  opening: 'Opening...',
  unopenedTitle: 'Open this page from the terminal',
  unopenedLead:
    'So that no other page and no other person can use your Wayfolk, each page is opened once '
    + 'from the terminal. Type:',
  unopenedAfter: 'A word appears there and here. If both are the same, it is your own Wayfolk.',
  unopenedMoved: 'The address may have changed since: the terminal opens the right one.',
  lockedTitle: 'Locked',
  lockedLead:
    'Your messages are encrypted on this disk. New ones wait with those who sent them until you '
    + 'unlock.',
  passphrase: 'Passphrase',
  unlock: 'Unlock',
  unlocking: 'Opening...',
  wrong: 'That was not it. Nothing is deleted.',
  forgot: 'Forgot it?',
  forgotLead:
    'Nobody can open it without the passphrase, not even we. A backup has a passphrase of its own: '
    + 'with it and the backup you come back in a new home. Your recovery words bring back who you '
    + 'are, not what was written.',
  stoppedTitle: 'Wayfolk is not running',
  stoppedLead:
    'This page comes back by itself as soon as it runs. What you typed is kept in this tab.',
  start: 'To start it, type in the terminal:',
  failedTitle: 'Your messages cannot be opened',
  failedLead: 'Wayfolk runs and carries for others, but the store in your home does not open. It says:',
  failedDo: 'Nothing was deleted. A backup can be taken back into a new home.',
  again: 'Try again',
  goneTitle: 'Everything is deleted',
  goneLead:
    'Nothing of Wayfolk is left in this home. You may close this page. Whoever you wrote to keeps '
    + 'what they have.',
  goneStart: 'To begin anew:',
};
