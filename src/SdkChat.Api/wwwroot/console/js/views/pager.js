import { h, say } from './dom.js';
import { icon } from './icons.js';

/** @import { ChatPage } from '../state/chat-page.js' */

/** Turns pages, and says how many chats there are. Until that is known it shows dashes: zero would be an answer. */
export class Pager {
  #total = h('span', { class: 'total', testid: 'total' });
  #place = h('span', { class: 'place' });
  #first;
  #previous;
  #next;
  #last;

  element;

  /** @param {{ first: () => void, previous: () => void, next: () => void, last: () => void }} turn @param {HTMLElement[]} tools */
  constructor(turn, tools) {
    this.#first = h('button', {
      class: 'button quiet', testid: 'pager-first', attrs: { type: 'button' }, on: { click: turn.first },
    }, icon('first'), h('span', { t: 'pager.first' }));
    this.#previous = button('pager-prev', 'pager.previous', 'back', turn.previous);
    this.#next = button('pager-next', 'pager.next', 'next', turn.next);
    this.#last = button('pager-last', 'pager.last', 'last', turn.last);
    this.element = h(
      'nav', { class: 'pager', tAttrs: { 'aria-label': 'pager.label' } },
      this.#total, h('span', { class: 'pager-tools' }, ...tools),
      h('span', { class: 'pager-buttons' }, this.#first, this.#previous, this.#place, this.#next, this.#last),
    );
  }

  /** @param {ChatPage} page */
  render({ phase, total, isLowerBound, index, size, links, readAt }) {
    const pages = Math.max(1, Math.ceil(total / size));
    this.element.hidden = phase === 'failed';
    if (readAt === 0) {
      for (const element of [this.#total, this.#place]) say(element, 'unknown');
    } else {
      say(this.#total, isLowerBound ? 'pager.total.least' : 'pager.total', { n: total });
      say(this.#place, isLowerBound ? 'pager.place.least' : 'pager.place', { page: Math.min(index + 1, pages), pages });
    }
    enable(this.#first, !!links.prev);
    enable(this.#previous, !!links.prev);
    enable(this.#next, !!links.next);
    enable(this.#last, !!links.next && !!links.last);
  }
}

/**
 * Not `disabled`, which would take the focus away from who turns pages by keyboard.
 * @param {HTMLButtonElement} element @param {boolean} on
 */
const enable = (element, on) => element.setAttribute('aria-disabled', String(!on));

/**
 * @param {string} testid
 * @param {import('../i18n/i18n.js').Key} label
 * @param {import('./icons.js').IconName} picture
 * @param {() => void} click
 */
const button = (testid, label, picture, click) => h(
  'button', {
    class: 'button quiet icon-button', testid, tAttrs: { 'aria-label': label, title: label }, attrs: { type: 'button' }, on: { click },
  },
  icon(picture),
);
