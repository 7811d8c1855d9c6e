import { chatHash } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';
import { i18n } from '../i18n/i18n.js';
import { avatar, aboutOf, nameOf, setAvatar } from './person.js';
import { cut, h, setAttribute, setText } from './dom.js';
import { excerpt } from '../state/highlight.js';
import { setMarked } from './marked.js';
import { setStatus, statusPill } from './status.js';
import { setTime } from './time.js';

/** @import { ChatRow } from '../api/types.js' */

const PROMPT = 240;
/** After the second of these times a run has failed by the service's usual limit. */
const [LONG, TOO_LONG] = [60_000, 120_000];
/** As much of a prompt as a narrow row shows with certainty. */
const BEFORE = 24;

/** One chat of the list: a link to its detail. */
export class ChatRowView {
  #avatar = avatar();
  #name = h('bdi', { class: 'row-name', attrs: { dir: 'auto' } });
  #about = h('span', { class: 'row-about' });
  #tenant = h('span', { class: 'tag row-tenant', attrs: { hidden: true } });
  #prompt = h('bdi', { class: 'row-prompt', attrs: { dir: 'auto' } });
  #error = h('bdi', { class: 'row-error', testid: 'row-error', attrs: { dir: 'auto', hidden: true } });
  #time = h('time', { class: 'row-time' });
  #status = statusPill('in_progress');

  link = h(
    'a', { class: 'row', testid: 'chat-row', attrs: { tabindex: -1 } },
    this.#avatar,
    h('span', { class: 'row-text' },
      h('span', { class: 'row-head' }, this.#name, this.#about, this.#tenant),
      this.#prompt, this.#error),
    h('span', { class: 'row-end' }, this.#time, this.#status),
  );

  /** Beside the row's own link, over the avatar; the keyboard has `s`. */
  #person = h('a', { class: 'row-person', testid: 'row-person', attrs: { tabindex: -1 } });

  element = h('li', { class: 'row-item' }, this.link, this.#person);

  /** @param {ChatRow} row @param {string | null} tenant @param {readonly string[]} words that were searched */
  update(row, tenant, words) {
    setAttribute(this.link, 'href', chatHash(row.chat_id));
    setAttribute(this.link, 'data-chat-id', row.chat_id);
    setAttribute(this.link, 'data-status', row.status);
    setAvatar(this.#avatar, row.profile_id, row.profile_summary);
    setMarked(this.#name, cut(nameOf(row.profile_summary), 60), words);
    setText(this.#about, cut(aboutOf(row.profile_summary), 80));
    setText(this.#tenant, tenant ?? '');
    this.#tenant.hidden = tenant === null;
    setMarked(this.#prompt, cut(excerpt(row.prompt, words, BEFORE), PROMPT), words);
    setMarked(this.#error, cut(excerpt(row.last_error ?? '', words, BEFORE), PROMPT), words);
    this.#error.hidden = !row.last_error;
    setTime(this.#time, row.created_at);
    setStatus(this.#status, row.status);
    const person = i18n.t('shopper.open', { name: `\u2068${cut(nameOf(row.profile_summary), 60)}\u2069` });
    setAttribute(this.#person, 'href', shopperPageHash(row.profile_id));
    setAttribute(this.#person, 'aria-label', person);
    setAttribute(this.#person, 'title', person);
    this.#age(row);
  }

  /** A wait is seen before it is a failure. The list is read again every ten seconds. @param {ChatRow} row */
  #age({ status, created_at: asked }) {
    const waited = status === 'in_progress' ? Date.now() - Date.parse(asked) : 0;
    setAttribute(this.#status, 'data-waits', waited >= TOO_LONG ? 'too-long' : waited >= LONG ? 'long' : null);
  }

  /** @param {boolean} open whether its detail is shown */
  mark(open) {
    setAttribute(this.link, 'aria-current', open ? 'true' : null);
  }

  /** @param {'arrives' | 'changes'} how */
  animate(how) {
    this.element.classList.remove('arrives', 'changes');
    this.element.classList.add(how);
    this.element.addEventListener('animationend', () => this.element.classList.remove(how), { once: true });
  }
}
