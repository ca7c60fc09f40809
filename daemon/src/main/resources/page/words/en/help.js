// Help, readable without the Internet, in English. What it promises is docs/privacy.md's.
export default {
  title: 'Help',
  lead: 'These pages are on this computer; nothing is fetched for them.',
  all: 'All of the help',
  next: 'Next: {title}',

  start: 'Starting and opening',
  start1: 'Wayfolk is a program that runs on this computer. This page only shows what it does.',
  startRun: 'Start it in the terminal:',
  startRun2: 'It ends with “wayfolk down”, and begins again where it was.',
  startOpen: 'Open the page:',
  startOpen2:
    'The terminal and the page then show the same word. If they do not, something else pretends '
    + 'to be your Wayfolk: close that page.',
  startAway:
    'If Wayfolk stops while this page is open, the page says so and comes back by itself. What you '
    + 'typed is kept in the tab; what you sent is on the disk.',

  see: 'What others can see',
  seeLead:
    'There is no server, so there is no list of accounts, people or messages anywhere but on the '
    + 'computers of those who talk. Still, not everything is hidden from everybody.',
  seeFriend: 'The person you write to',
  seeFriend1:
    'What you write, for as long as they keep it: nobody can take it back from their computer. '
    + 'When you are connected, and with a direct way your Internet address.',
  seeNear: 'A computer that yours has a link to',
  seeNear1:
    'Sealed bytes, roughly how many and when; whom each is for, by a number and not by name, if it '
    + 'passes there; your Internet address.',
  seeOn: 'A computer further on the way',
  seeOn1:
    'The same sealed bytes, and the numbers of the two ends. Not your address, not the text, not '
    + 'your name.',
  seeStranger: 'A stranger',
  seeStranger1: 'Whoever writes to you without an invitation gets no answer at all.',
  seeProvider: 'Your Internet provider',
  seeProvider1:
    'That this program runs, with which addresses it speaks, how much and when. It is not '
    + 'disguised. Nothing of the text.',
  seeLink: 'Who finds an invitation before your guest',
  seeLink1:
    'Can become your friend in their place, once. The true guest then reads “used already”, and '
    + 'you see “not verified”. That is why there are twelve words.',
  seeDisk: 'Who takes this disk',
  seeDisk1:
    'With a passphrase: how many messages there are, their sizes and times, no text and no name. '
    + 'Without one: everything.',
  seeMachine: 'Who uses your unlocked computer, or another program of yours',
  seeMachine1: 'Everything that you can.',
  seeNot: 'What Wayfolk does not give you',
  seeNot1: 'Anonymity: who carries sees which number writes to which.',
  seeNot2: 'Control over copies of others: “Delete for both” asks their program, and it does so; a '
    + 'person can keep what they saw.',
  seeNot3: 'A way back from a lost passphrase, or from lost recovery words without a backup.',

  marks: 'What the marks mean',
  marksLead: 'One small picture runs through everything: the left dot is you, the right one is them.',
  marksMessage: 'Under a message of yours',
  markWaiting1: 'It is stored here, and nobody else has it yet. It goes by itself.',
  markGoing1: 'It was handed on, and no receipt came back yet.',
  markDelivered1: 'Their computer has stored it and proved so.',
  markRead1: 'They have looked at it, and their program says so.',
  markFailed1: 'It does not go on by itself. A tap on it says why, and what to do.',
  marksWay: 'Beside a name',
  wayDirect1: 'From your computer to theirs, nobody between.',
  wayThrough1: 'Others pass it on, sealed. One ring stands for each, about.',
  wayAway1: 'They are not reached now. What you write waits and goes by itself.',
  wayNone1: 'Your computer has no link to anybody.',
  marksTap: 'Every mark is a button: it tells all that is known about that message.',

  verify: 'Being sure who it is',
  verify1:
    'An invitation could be taken on its way to your friend. Somebody in between would then read '
    + 'what you write and pass it on, and neither of you would notice.',
  verify2:
    'Twelve words show it. They are made from both keys: if nobody is between, both screens show '
    + 'the same words. Somebody in between cannot make them the same.',
  verify3:
    'Open the conversation, tap the name, then “Verify”. Call each other or stand side by side, and '
    + 'read the words aloud in turns.',
  verify4:
    'Do it once for each person. When they use another device later, it is certified by the same '
    + 'key, so the check stays good.',
  verify5: '“They differ” explains what may have happened, and marks the conversation.',

  alone: 'When nobody is connected',
  alone1: 'What you write is kept here, and goes by itself as soon as there is a way.',
  alone2: 'Your computer finds others through those it met before. The first time it needs one of these:',
  aloneInvite: 'Invite somebody who is there.',
  aloneAccept: 'Accept an invitation: a link carries addresses to begin with.',
  aloneJoin: 'Start with the address of a computer that runs Wayfolk:',
  alone3:
    'Some networks (in firms, hotels, trains) let nothing through that they do not know. Then only '
    + 'another network helps.',
  alone4: '“How you are connected” shows what is known, and nothing that is only hoped.',

  lost: 'If this computer is lost',
  lost1: 'Two things bring you back, and they are different.',
  lostWords: 'Twenty-four recovery words',
  lostWords1:
    'They are who you are. Written on paper, they outlive every computer. They do not hold your '
    + 'messages or your people.',
  lostBackup: 'A backup',
  lostBackup1:
    'One encrypted file with who you are, your people and all that was written. It has a passphrase '
    + 'of its own. Make one in the settings, and keep it where this computer is not.',
  lostBack: 'Coming back from a backup, in the terminal:',
  lostBack1:
    'The device of the backup is revoked then: do not start the old one again. Your friends are '
    + 'told by themselves.',
  lostWords2:
    'Coming back from the words alone works too, in the terminal: wayfolk up -d, then wayfolk restore '
    + '--words. You are the same person then, and meet your friends once more by an invitation. Keep '
    + 'a backup as well.',
  lostPass: 'The passphrase of this disk is a third thing. Nobody can reset it.',

  keys: 'Keyboard',
  keysLead: 'Everything here can be done without a pointer.',
  keyFind: 'find or do',
  keyNextChat: 'next, previous conversation',
  keyUnread: 'next, previous one with unread',
  keyInvite: 'invite or accept',
  keySearch: 'search here; pressed again: the browser’s own',
  keySettings: 'settings',
  keyShortcuts: 'list of shortcuts',
  keyAreas: 'next, previous area: list, messages, composer, panel',
  keyClose: 'closes the topmost thing, then back to the composer',
  keyEdit: 'in an empty composer: edit my last message',
  keySend: 'send; a new line (can be swapped in the settings)',
  keysMessages: 'Among messages',
  keyMove: 'move from one to the next',
  keyEnds: 'to the first, to the last',
  keyDetails: 'the truth about this message',
  keyReply: 'reply',
  keyEditThis: 'edit',
  keyCopy: 'copy',
  keyReact: 'react',
  keyDelete: 'delete',

  notyet: 'What is not there yet',
  notyetLead: 'So that nobody looks for it in vain:',
  notyet1: 'Groups and channels.',
  notyet2: 'Pictures, files and voice messages.',
  notyet3: 'Calls.',
  notyet4: 'Messages kept by others while both of you are away: now both must be connected at the '
    + 'same time once.',
  notyet5: 'Several devices for one person.',
  notyet6: 'Scanning with the camera. A QR code can be scanned by any camera app, and holds the link.',
  notyet7: 'Messages from people you have not met by an invitation.',
};
