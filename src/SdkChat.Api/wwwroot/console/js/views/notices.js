import { chatHash } from '../app/route.js';
import { i18n } from '../i18n/i18n.js';
import { readItem } from '../state/items.js';
import { cut, foreign, h } from './dom.js';
import { patch } from './patch.js';
import { ago } from './time.js';

/** @import { SeenEvent } from '../state/live-log.js' */

const MOST = 10;

/** The titles of an event's items, as a line. @param {SeenEvent} event */
export function titlesOf({ data }) {
  const titles = (data.notification_items ?? []).slice(0, 4)
    .map((item) => readItem(item, [i18n.language, 'en']).title).filter((title) => title !== null);
  return titles.length ? cut(titles.join(' · '), 160) : i18n.t('notices.no-items');
}

/** The last notifications, in words. */
export class Notices {
  #list = h('ul', { class: 'notices' });
  #empty = h('p', { class: 'state-hint', t: 'notices.empty' });

  element = h('section', { class: 'card notices-card', attrs: { 'aria-labelledby': 'notices-title' } },
    h('div', { class: 'card-head' }, h('h2', { t: 'notices.title', attrs: { id: 'notices-title' } })), this.#empty, this.#list);

  /** @param {readonly SeenEvent[]} events newest first */
  render(events) {
    const shown = events.slice(0, MOST);
    this.#empty.hidden = shown.length > 0;
    patch(this.#list, shown.map(({ at, data }) => [at, data.chat_id]), () => shown.map((event) => h(
      'li', null,
      h('a', { class: 'notice', attrs: { href: chatHash(event.data.chat_id) } },
        foreign(titlesOf(event), 'notice-title'), ago(event.at, 'notice-time')),
    )));
  }
}
