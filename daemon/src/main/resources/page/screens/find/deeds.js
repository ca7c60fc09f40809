/** What the palette can do. Each deed has words to be found by, an icon, and perhaps keys. */
import { ask } from '../../base/link.js';
import { go } from '../../base/routes.js';
import { get } from '../../base/store.js';
import { setting } from '../../base/sync.js';
import { t } from '../../base/words.js';
import { toast } from '../../parts/toast.js';
import { menuOf } from '../chats/actions.js';
import { shortcuts } from './open.js';

function place(key, hash, icon, keys) {
  return { id: key, icon, keys, words: t(`find.${key}`), act: () => go(hash) };
}

/** Tries to change a setting; says so if it was not possible. */
function change(part) {
  setting(part).catch(() => toast(t('chats.not_done')));
}

function looks() {
  const { settings, lang } = get();
  const dark = settings.theme
    ? settings.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const other = lang === 'ru' ? 'en' : 'ru';
  return [
    {
      id: 'theme',
      icon: 'moon',
      words: t(dark ? 'find.theme_light' : 'find.theme_dark'),
      act: () => change({ theme: dark ? 'light' : 'dark' }),
    },
    {
      id: 'language',
      icon: 'words',
      words: t(`find.language_${other}`),
      act: () => change({ language: other }),
    },
  ];
}

/** What can be done with the conversation that is open. */
function here() {
  const { route, chats } = get();
  const row = route.card && chats.byCard.get(route.card);
  if (!row) return [];
  return menuOf(row)
    .filter(Boolean)
    .map((item) => ({ ...item, id: `here ${item.words}` }));
}

async function lock() {
  try {
    await ask('lock');
  } catch (error) {
    toast(t('find.no_lock'));
    if (error.reason !== 'stopped') go('#/settings/privacy');
  }
}

/** All deeds, in the order that they are shown in. */
export function deeds() {
  return [
    place('invite', '#/invite', 'personplus', ['Ctrl', 'I']),
    place('accept', '#/accept', 'link'),
    place('notes', '#/c/me', 'edit'),
    ...here(),
    place('connection', '#/connection', 'near'),
    place('settings', '#/settings', 'gear', ['Ctrl', ',']),
    ...looks(),
    place('privacy', '#/settings/privacy', 'shield'),
    place('notifications', '#/settings/notifications', 'bell'),
    place('carried', '#/settings/carried', 'again'),
    place('disk', '#/settings/disk', 'disk'),
    place('backup', '#/settings/disk', 'down'),
    { id: 'lock', icon: 'lock', words: t('find.lock'), act: lock },
    {
      id: 'shortcuts',
      icon: 'key',
      keys: ['Ctrl', '/'],
      words: t('find.shortcuts'),
      act: shortcuts,
    },
    place('help', '#/help', 'info'),
  ];
}
