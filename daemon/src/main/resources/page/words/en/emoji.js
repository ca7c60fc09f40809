/** The emoji picker. Names of emoji are in vendor/emoji-en.js. */
export default {
  title: 'All emoji',
  search: 'Search emoji',
  groups: 'Groups of emoji',
  recent: 'Used last',
  none: 'No emoji of that name.',
  group_0: 'Faces',
  group_1: 'People',
  group_3: 'Animals and nature',
  group_4: 'Food and drink',
  group_5: 'Travel and places',
  group_6: 'Occasions and sports',
  group_7: 'Things',
  group_8: 'Signs',
  group_9: 'Flags',
};
