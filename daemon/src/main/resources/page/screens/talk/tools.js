/** What can be done with a line: beside its bubble on hover or focus, and the menu behind "More". */
import { html } from '../../vendor/htm-preact.js';
import { t } from '../../base/words.js';
import { IconButton } from '../../parts/button.js';

/** The tools beside a bubble: never over its text. */
export function Tools({ line, acts }) {
  if (line.deleted) {
    return html`<div class="tools" role="toolbar" aria-label=${t('talk.tools')}>
      <${IconButton} icon="trash" label=${t('talk.delete')} onClick=${() => acts.remove(line)} />
    </div>`;
  }
  const at = (event) => event.currentTarget;
  return html`<div class="tools" role="toolbar" aria-label=${t('talk.tools')}>
    <${IconButton} icon="smile" label=${t('talk.react')} onClick=${(e) => acts.pick(line, at(e))} />
    <${IconButton} icon="reply" label=${t('talk.reply')} onClick=${() => acts.reply(line)} />
    <${IconButton} icon="more" label=${t('talk.more')} onClick=${(e) => acts.menu(line, at(e))} />
  </div>`;
}

/** The items of a line's menu. */
export function items(line, acts) {
  const waits = line.mine && (line.state === 'queued' || line.state === 'sent') && line.card !== 'me';
  return [
    { icon: 'reply', words: t('talk.reply'), act: () => acts.reply(line) },
    { icon: 'smile', words: t('talk.react'), act: () => acts.pick(line) },
    { icon: 'copy', words: t('talk.copy'), act: () => acts.copy(line) },
    line.mine && line.state !== 'failed'
      && { icon: 'edit', words: t('talk.edit'), act: () => acts.edit(line) },
    { icon: 'next', words: t('talk.forward'), act: () => acts.forward(line) },
    line.card !== 'me' && { icon: 'disk', words: t('talk.save'), act: () => acts.save(line) },
    { icon: 'info', words: t('talk.details'), act: () => acts.details(line) },
    line.edited && { icon: 'words', words: t('talk.versions'), act: () => acts.versions(line) },
    waits && { icon: 'stop', words: t('talk.cancel'), act: () => acts.cancel(line) },
    { icon: 'trash', words: t('talk.delete_more'), danger: true, act: () => acts.remove(line) },
  ];
}
