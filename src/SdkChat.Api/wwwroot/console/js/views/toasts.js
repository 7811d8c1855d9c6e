import { features } from '../app/browser-features.js';
import { chatHash } from '../app/route.js';
import { i18n } from '../i18n/i18n.js';
import { systemClock } from '../live/clock.js';
import { readItem } from '../state/items.js';
import { cut, foreign, h } from './dom.js';
import { icon } from './icons.js';

/** @import { SeenEvent } from '../state/live-log.js' */

const MOST = 4;
const MOST_LINES = 4;
const STAYS = 9_000;
const OFF = 'sdkchat.toasts';

/** Notifications as they come in, a few at a time. Who looks at one, by mouse or keyboard, keeps it. */
export class Toasts {
  #nameOf;
  #clock;
  /** @type {SeenEvent[]} */
  #waiting = [];
  #missed = h('p', { class: 'toast-missed', attrs: { hidden: true } });
  #missedCount = 0;
  /** For a browser that remembers nothing. */
  #isOffHere = false;
  #live = h('ol', { class: 'toast-list', attrs: { 'aria-live': 'polite', 'aria-relevant': 'additions' } });

  element = h('section', { class: 'toasts', tAttrs: { 'aria-label': 'toasts.label' } }, this.#missed, this.#live);

  /** Turns toasts off and on; the choice is kept. The list of notifications stays. */
  button = h('button', {
    class: 'button quiet icon-button', testid: 'toasts-switch', tAttrs: { 'aria-label': 'toasts.show', title: 'toasts.show' },
    attrs: { type: 'button', 'aria-pressed': String(this.#isOn) }, on: { click: () => this.#switch() },
  }, icon('bell'));

  /**
   * @param {(profileId: string) => string} nameOf '' where it is not known
   * @param {import('../live/clock.js').Clock} [clock]
   */
  constructor(nameOf, clock = systemClock) {
    this.#nameOf = nameOf;
    this.#clock = clock;
  }

  /** It is on the page with the next `show`. @param {SeenEvent} event */
  add(event) {
    if (!this.#isOn) return;
    this.#waiting.push(event);
    // A burst leaves its last ones; the others are counted.
    if (this.#waiting.length > MOST) {
      this.#waiting.shift();
      this.#missedCount++;
    }
  }

  show() {
    if (this.#waiting.length === 0) return;
    for (const event of this.#waiting.splice(0)) this.#live.append(this.#toast(event));
    const over = this.#live.childElementCount - MOST;
    for (const old of [...this.#live.children].slice(0, Math.max(0, over))) old.remove();
    this.#count(this.#missedCount + Math.max(0, over));
  }

  clear() {
    this.#waiting = [];
    this.#live.replaceChildren();
    this.#count(0);
  }

  get #isOn() {
    return features.recall(OFF) !== 'off' && !this.#isOffHere;
  }

  #switch() {
    const turnOn = !this.#isOn;
    features.remember(OFF, turnOn ? 'on' : 'off');
    this.#isOffHere = !turnOn;
    this.button.setAttribute('aria-pressed', String(turnOn));
    if (!turnOn) this.clear();
  }

  /** @param {number} missed */
  #count(missed) {
    this.#missedCount = this.#live.childElementCount ? missed : 0;
    this.#missed.hidden = this.#missedCount === 0;
    this.#missed.textContent = this.#missedCount ? i18n.t('toasts.missed', { n: this.#missedCount }) : '';
  }

  /** @param {SeenEvent} event */
  #toast(event) {
    const items = event.data.notification_items ?? [];
    const close = () => {
      toast.remove();
      this.#count(this.#missedCount);
    };
    const toast = h(
      'li', { class: 'toast', testid: 'toast', attrs: { 'data-chat-id': event.data.chat_id } },
      icon('bell', 'toast-icon'),
      h('div', { class: 'toast-body' },
        this.#title(event.data.profile_id),
        ...items.slice(0, MOST_LINES).map(line),
        items.length > MOST_LINES && h('p', { class: 'item-text', t: 'item.and-more', args: { n: items.length - MOST_LINES } }),
        h('a', { class: 'link', t: 'toasts.open', attrs: { href: chatHash(event.data.chat_id) }, on: { click: close } })),
      h('button', { class: 'button quiet icon-button', testid: 'toast-dismiss', tAttrs: { 'aria-label': 'toasts.dismiss' }, attrs: { type: 'button' }, on: { click: close } }, icon('close')),
    );
    this.#leaveLater(toast, close);
    return toast;
  }

  /** @param {string} profileId */
  #title(profileId) {
    const name = this.#nameOf(profileId);
    return name ? h('p', { class: 'toast-title', t: 'toasts.title.named', args: { name: `\u2068${cut(name, 40)}\u2069` } })
      : h('p', { class: 'toast-title', t: 'toasts.title' });
  }

  /** @param {HTMLElement} toast @param {() => void} close */
  #leaveLater(toast, close) {
    this.#clock.after(() => {
      if (!toast.isConnected) return;
      if (toast.matches(':hover, :focus-within')) this.#leaveLater(toast, close);
      else close();
    }, STAYS);
  }
}

/** @param {unknown} item */
function line(item) {
  const { title, text } = readItem(item, [i18n.language, 'en']);
  if (title === null) return h('p', { class: 'toast-line' }, foreign(cut(JSON.stringify(item) ?? '', 120)));
  return h('p', { class: 'toast-line' }, foreign(cut(title, 80), 'toast-item'), text && h('span', { class: 'item-text' }, ' ', foreign(cut(text, 160))));
}
