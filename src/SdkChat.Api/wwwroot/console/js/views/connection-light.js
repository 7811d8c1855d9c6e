import { h, say, setAttribute } from './dom.js';
import { icon } from './icons.js';

/** @import { Connection } from '../live/connection.js' */
/** @import { IconName } from './icons.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** @type {Record<Connection, IconName>} */
const ICONS = {
  live: 'live', shared: 'live', polling: 'refresh', connecting: 'refresh', reconnecting: 'refresh',
  'too-many': 'error', 'signed-out': 'key', forbidden: 'error', offline: 'close', paused: 'close',
};

/** States that a word alone does not explain. @type {Partial<Record<Connection, Key>>} */
const HINTS = {
  'too-many': 'connection.too-many.hint', forbidden: 'connection.forbidden.hint', offline: 'connection.offline.hint',
  reconnecting: 'connection.reconnecting.hint',
};

/** States that need no network to be true. @type {ReadonlySet<Connection>} */
const ALONE = new Set(['paused', 'signed-out']);

/** A stream that is renewed is back within seconds, and needs no explanation. */
const HINT_AFTER = 5000;

/** Says how fresh the page is, truthfully. */
export class ConnectionLight {
  #label = h('span', { class: 'light-label' });

  element = h('p', { class: 'light', testid: 'connection', attrs: { role: 'status' } }, icon('refresh'), this.#label);

  hint = h('p', { class: 'light-hint', attrs: { hidden: true } });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** What the page said last. @type {Connection} */
  #state = 'connecting';

  constructor() {
    this.show('connecting');
    for (const name of ['online', 'offline']) addEventListener(name, () => this.#draw());
  }

  /** @param {Key} hint */
  #explain(hint) {
    this.hint.hidden = false;
    say(this.hint, hint);
  }

  /** @param {Connection} state */
  show(state) {
    this.#state = state;
    this.#draw();
  }

  /** A device without a network is offline, whatever an open connection has not noticed yet. */
  #draw() {
    const state = navigator.onLine || ALONE.has(this.#state) ? this.#state : 'offline';
    if (this.element.dataset.state === state) return;
    setAttribute(this.element, 'data-state', state);
    this.element.firstElementChild?.replaceWith(icon(ICONS[state]));
    say(this.#label, `connection.${state}`);
    this.hint.hidden = true;
    clearTimeout(this.#timer);
    const hint = HINTS[state];
    if (hint) this.#timer = setTimeout(() => this.#explain(hint), state === 'reconnecting' ? HINT_AFTER : 0);
  }
}
