import { i18n } from '../i18n/i18n.js';
import { systemClock } from '../live/clock.js';
import { h } from './dom.js';
import { icon } from './icons.js';

/** @import { Notice } from './alert-notices.js' */

const MOST = 4;
const STAYS = 9_000;

/** Alerts as they come in, a few at a time. Who looks at one, by mouse or keyboard, keeps it. */
export class Toasts {
  #clock;
  /** @type {Notice[]} */
  #waiting = [];
  #missed = h('p', { class: 'toast-missed', attrs: { hidden: true } });
  #missedCount = 0;
  #live = h('ol', { class: 'toast-list', attrs: { 'aria-live': 'polite', 'aria-relevant': 'additions' } });

  element = h('section', { class: 'toasts', tAttrs: { 'aria-label': 'toasts.label' } }, this.#missed, this.#live);

  /** @param {import('../live/clock.js').Clock} [clock] */
  constructor(clock = systemClock) {
    this.#clock = clock;
  }

  /** It is on the page with the next `show`. @param {Notice} notice */
  add(notice) {
    this.#waiting.push(notice);
    // A burst leaves its last ones; the others are counted.
    if (this.#waiting.length > MOST) {
      this.#waiting.shift();
      this.#missedCount++;
    }
  }

  show() {
    if (this.#waiting.length === 0) return;
    for (const notice of this.#waiting.splice(0)) this.#live.append(this.#toast(notice));
    const over = this.#live.childElementCount - MOST;
    for (const old of [...this.#live.children].slice(0, Math.max(0, over))) old.remove();
    this.#count(this.#missedCount + Math.max(0, over));
  }

  clear() {
    this.#waiting = [];
    this.#live.replaceChildren();
    this.#count(0);
  }

  /** @param {number} missed */
  #count(missed) {
    this.#missedCount = this.#live.childElementCount ? missed : 0;
    this.#missed.hidden = this.#missedCount === 0;
    this.#missed.textContent = this.#missedCount ? i18n.t('toasts.missed', { n: this.#missedCount }) : '';
  }

  /** @param {Notice} notice */
  #toast({ icon: picture, title, args, lines, href, link, chatId }) {
    const close = () => {
      toast.remove();
      this.#count(this.#missedCount);
    };
    const toast = h(
      'li', { class: 'toast', testid: 'toast', attrs: { 'data-chat-id': chatId } },
      icon(picture, 'toast-icon'),
      h('div', { class: 'toast-body' }, h('p', { class: 'toast-title', t: title, args }), ...lines,
        h('a', { class: 'link', t: link, attrs: { href }, on: { click: close } })),
      h('button', {
        class: 'button quiet icon-button', testid: 'toast-dismiss', tAttrs: { 'aria-label': 'toasts.dismiss' },
        attrs: { type: 'button' }, on: { click: close },
      }, icon('close')),
    );
    this.#leaveLater(toast, close);
    return toast;
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
