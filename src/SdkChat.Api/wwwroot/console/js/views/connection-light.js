import { h, say, setAttribute } from './dom.js';
import { icon } from './icons.js';

/** @import { Connection } from '../live/connection.js' */
/** @import { IconName } from './icons.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** @type {Record<Connection, IconName>} */
const ICONS = {
  live: 'live', shared: 'live', polling: 'refresh', connecting: 'refresh', reconnecting: 'refresh',
  'too-many': 'error', 'signed-out': 'key', forbidden: 'error', offline: 'close',
};

/** States that a word alone does not explain. @type {Partial<Record<Connection, Key>>} */
const HINTS = {
  'too-many': 'connection.too-many.hint', forbidden: 'connection.forbidden.hint', offline: 'connection.offline.hint',
  reconnecting: 'connection.reconnecting.hint',
};

/** Says how fresh the page is, truthfully. */
export class ConnectionLight {
  #label = h('span', { class: 'light-label' });

  element = h('p', { class: 'light', testid: 'connection', attrs: { role: 'status' } }, icon('refresh'), this.#label);

  hint = h('p', { class: 'light-hint', attrs: { hidden: true } });

  constructor() {
    this.show('connecting');
  }

  /** @param {Connection} state */
  show(state) {
    if (this.element.dataset.state === state) return;
    setAttribute(this.element, 'data-state', state);
    this.element.firstElementChild?.replaceWith(icon(ICONS[state]));
    say(this.#label, `connection.${state}`);
    const hint = HINTS[state];
    this.hint.hidden = !hint;
    if (hint) say(this.hint, hint);
  }
}
