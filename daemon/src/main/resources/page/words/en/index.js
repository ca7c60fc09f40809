/** All texts of the page in this language, by room. */
import app from './app.js';
import chats from './chats.js';
import connection from './connection.js';
import emoji from './emoji.js';
import find from './find.js';
import first from './first.js';
import gate from './gate.js';
import help from './help.js';
import meet from './meet.js';
import parts from './parts.js';
import person from './person.js';
import settings from './settings.js';
import talk from './talk.js';
import truth from './truth.js';

export default {
  app,
  chats,
  connection,
  emoji,
  find,
  first,
  gate,
  help,
  meet,
  parts,
  person,
  settings,
  talk,
  truth,
};
