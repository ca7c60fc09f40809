/** Accepting: a link that is read as typed, or five words; then what happens, step by step. */
import { html, useEffect, useRef, useState } from '../../vendor/htm-preact.js';
import { read, WORDS, wordsOf } from '../../base/invitation.js';
import { go } from '../../base/routes.js';
import { use } from '../../base/store.js';
import { date } from '../../base/times.js';
import { t } from '../../base/words.js';
import { Banner } from '../../parts/banner.js';
import { Button } from '../../parts/button.js';
import { useId } from '../../parts/field.js';
import { Frame } from '../frame.js';
import { accept, forget, hear, meeting } from './actions.js';
import { Attempt } from './attempt.js';
import { bad, unfit } from './trouble.js';

/** The screen. */
export function Accept() {
  useEffect(hear, []);
  const { attempts } = use(meeting);
  const [shown, show] = useState(0);
  const attempt = attempts.find((each) => each.id === shown) || attempts[attempts.length - 1];
  // A newcomer has one thing to do: to write to whoever invited them.
  useEffect(() => {
    const met = attempts.find((each) => each.first && each.state === 'met');
    if (!met) return;
    forget(met.id);
    go(`#/c/${met.card}`, { replace: true });
  }, [attempts]);
  const shownAttempt = attempt && html`<${Attempt} key=${attempt.id} attempt=${attempt} />`;
  return html`<${Frame} screen="accept" title=${t('meet.acceptTitle')}>
    <p class="lead">${t('meet.acceptLead')}</p>
    <${LinkField} autofocus onRead=${(got) => show(accept(got))} />
    ${attempt && attempt.kind === 'link' && shownAttempt}
    <p class="or">${t('meet.or')}</p>
    <${WordsField} onRead=${(got) => show(accept(got))} />
    ${attempt && attempt.kind === 'words' && shownAttempt}
  <//>`;
}

/** Reads a text after each change; null until it was read. */
function useRead(text) {
  const [got, say] = useState(null);
  useEffect(() => {
    let last = true;
    read(text).then((found) => last && say(found));
    return () => {
      last = false;
    };
  }, [text]);
  return got;
}

/** The field of the link. What is pasted and good is begun at once: there is nothing else to decide. */
export function LinkField({ onRead, autofocus = false }) {
  const [text, write] = useState('');
  const id = useId('link');
  const got = useRead(text);
  const ours = use((state) => state.network && state.network.network);
  const begun = useRef('');
  const wrong = got && (got.bad ? bad(got.bad) : got.link ? unfit(got, ours) : null);
  useEffect(() => {
    if (!got || wrong || begun.current === text) return;
    if (got.link || (got.words && got.words.length === WORDS && text.trim().includes(' '))) {
      begun.current = text;
      onRead(got);
    }
  }, [got]);
  return html`<section class="part">
    <div class="field">
      <label for=${id}>${t('meet.pasteLink')}</label>
      <textarea
        id=${id}
        class="input mono"
        rows="3"
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        placeholder=${t('meet.pasteHolder')}
        aria-invalid=${wrong ? 'true' : undefined}
        autofocus=${autofocus}
        value=${text}
        onInput=${(event) => write(event.currentTarget.value)}
      ></textarea>
    </div>
    <div aria-live="polite"><${Reading} got=${got} wrong=${wrong} /></div>
  </section>`;
}

function Reading({ got, wrong }) {
  if (wrong) {
    return html`<${Banner} tone="fail" icon="warn" title=${wrong.title} round>${wrong.hint}<//>`;
  }
  if (!got || !got.link) return null;
  const { addresses, expires } = got;
  const carries = addresses ? t('meet.addresses', { n: addresses }) : t('meet.noAddresses');
  return html`<${Banner} tone="info" icon="check" title=${t('meet.good')} round>
    ${t('meet.goodHint', { date: date(expires), addresses: carries })}
  <//>`;
}

/** The field of the words: typed one by one or pasted whole. A link in it is taken too. */
export function WordsField({ onRead }) {
  const [text, write] = useState('');
  const id = useId('words');
  const got = useRead(text);
  const n = wordsOf(text).length;
  const wrong = got && got.bad ? bad(got.bad) : null;
  const ready = got && (got.link || (got.words && got.words.length === WORDS));
  const meet = (event) => {
    event.preventDefault();
    if (ready) onRead(got);
  };
  return html`<form class="part" onSubmit=${meet}>
    <div class="field">
      <label for=${id}>${t('meet.fiveWords')}</label>
      <input
        id=${id}
        class="input"
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        lang="en"
        placeholder=${t('meet.fiveHolder')}
        aria-describedby=${`${id}-hint`}
        aria-invalid=${wrong ? 'true' : undefined}
        value=${text}
        onInput=${(event) => write(event.currentTarget.value)}
      />
      <p class=${`hint ${wrong ? 'fail' : ''}`} id=${`${id}-hint`}>
        ${wrong ? wrong.title : n && !got?.link ? t('meet.countWords', { n }) : t('meet.fiveHint')}
      </p>
    </div>
    <div class="row-of-buttons">
      <${Button}
        kind=${ready ? 'go' : 'plain'}
        type="submit"
        aria-disabled=${ready ? undefined : 'true'}
        >${t('meet.meet')}<//
      >
    </div>
  </form>`;
}
