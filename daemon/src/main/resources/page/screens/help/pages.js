/** What each page of the help holds: blocks, by the keys of their texts in words/…/help.js. */

const p = (key) => ({ kind: 'text', key });
const h = (key) => ({ kind: 'heading', key });
const list = (...keys) => ({ kind: 'list', keys });
const numbered = (...keys) => ({ kind: 'list', keys, ordered: true });
const command = (text) => ({ kind: 'command', text });
const terms = (...keys) => ({ kind: 'terms', keys });
const states = (...names) => ({ kind: 'states', names });
const ways = (...names) => ({ kind: 'ways', names });
const keys = (...rows) => ({ kind: 'keys', rows });

/** The pages in their order. `id` is the last part of the address and the key of the title. */
export const PAGES = [
  {
    id: 'start',
    blocks: [
      p('start1'),
      p('startRun'),
      command('wayfolk up -d'),
      p('startRun2'),
      p('startOpen'),
      command('wayfolk open'),
      p('startOpen2'),
      p('startAway'),
    ],
  },
  {
    id: 'see',
    blocks: [
      p('seeLead'),
      terms(
        'seeFriend',
        'seeNear',
        'seeOn',
        'seeStranger',
        'seeProvider',
        'seeLink',
        'seeDisk',
        'seeMachine',
      ),
      h('seeNot'),
      list('seeNot1', 'seeNot2', 'seeNot3'),
    ],
  },
  {
    id: 'marks',
    blocks: [
      p('marksLead'),
      h('marksMessage'),
      states('waiting', 'going', 'delivered', 'read', 'failed'),
      h('marksWay'),
      ways('direct', 'through', 'away', 'none'),
      p('marksTap'),
    ],
  },
  {
    id: 'verify',
    blocks: [p('verify1'), p('verify2'), p('verify3'), p('verify4'), p('verify5')],
  },
  {
    id: 'alone',
    blocks: [
      p('alone1'),
      p('alone2'),
      numbered('aloneInvite', 'aloneAccept', 'aloneJoin'),
      command('wayfolk up --join ID@HOST:PORT'),
      p('alone3'),
      p('alone4'),
    ],
  },
  {
    id: 'lost',
    blocks: [
      p('lost1'),
      terms('lostWords', 'lostBackup'),
      p('lostBack'),
      command('wayfolk --home NEW restore FILE'),
      p('lostBack1'),
      p('lostWords2'),
      p('lostPass'),
    ],
  },
  {
    id: 'keys',
    blocks: [
      p('keysLead'),
      keys(
        [['Main', 'K'], 'keyFind'],
        [['Alt', '↓', '↑'], 'keyNextChat'],
        [['Alt', 'Shift', '↓', '↑'], 'keyUnread'],
        [['Main', 'I'], 'keyInvite'],
        [['Main', 'F'], 'keySearch'],
        [['Main', ','], 'keySettings'],
        [['Main', '/'], 'keyShortcuts'],
        [['F6', 'Shift F6'], 'keyAreas'],
        [['Esc'], 'keyClose'],
        [['↑'], 'keyEdit'],
        [['Enter', 'Shift Enter'], 'keySend'],
      ),
      h('keysMessages'),
      keys(
        [['↑', '↓'], 'keyMove'],
        [['Home', 'End'], 'keyEnds'],
        [['Enter'], 'keyDetails'],
        [['R'], 'keyReply'],
        [['E'], 'keyEditThis'],
        [['C'], 'keyCopy'],
        [['+'], 'keyReact'],
        [['Delete'], 'keyDelete'],
      ),
    ],
  },
  {
    id: 'notyet',
    blocks: [
      p('notyetLead'),
      list('notyet1', 'notyet2', 'notyet3', 'notyet4', 'notyet5', 'notyet6', 'notyet7'),
    ],
  },
];
