import { NO_FILTER } from '../api/chats.js';
import { chatHash, hashOf } from '../app/route.js';
import { duration, share as percent } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { readItem } from '../state/items.js';
import { cut, foreign, h } from './dom.js';
import { titlesOf } from './notices.js';

/** @import { ChatRow } from '../api/types.js' */
/** @import { SeenEvent } from '../state/live-log.js' */
/** @import { Args, Key } from '../i18n/i18n.js' */
/** @import { IconName } from './icons.js' */

/**
 * An alert, as a toast and as a notification of the system.
 * @typedef {object} Notice
 * @property {string} tag one for each thing that happened: two tabs say it once
 * @property {IconName} icon
 * @property {Key} title
 * @property {Args} args
 * @property {string} body in words
 * @property {HTMLElement[]} lines the body, as elements
 * @property {string} href
 * @property {Key} link
 * @property {string | null} chatId
 */

const MOST_LINES = 4;

/** @param {SeenEvent} event @param {string} name of the shopper, '' where it is not known @returns {Notice} */
export function backlistNotice(event, name) {
  const items = event.data.notification_items ?? [];
  return {
    ...ofChat(event.data.chat_id, `backlist:${event.data.chat_id}:${event.at}`), icon: 'bell',
    ...titled('toasts.title', 'toasts.title.named', name), body: titlesOf(event),
    lines: [
      ...items.slice(0, MOST_LINES).map(line),
      ...(items.length > MOST_LINES ? [h('p', { class: 'item-text', t: 'item.and-more', args: { n: items.length - MOST_LINES } })] : []),
    ],
  };
}

/** @param {SeenEvent} event @param {string} name @returns {Notice} */
export function failedNotice({ data }, name) {
  const reason = cut(data.last_error ?? '', 200);
  return {
    ...ofChat(data.chat_id, `failed:${data.chat_id}`), icon: 'error',
    ...titled('alerts.failed.title', 'alerts.failed.named', name), body: reason,
    lines: reason ? [h('p', { class: 'item-text' }, foreign(reason))] : [],
  };
}

/** @param {ChatRow} chat @param {number} total @param {number} seconds @returns {Notice} */
export function waitingNotice(chat, total, seconds) {
  return {
    ...ofChat(chat.chat_id, `waiting:${chat.chat_id}`), icon: 'in_progress', title: 'alerts.waiting.title',
    args: { n: total, time: duration(seconds * 1000) },
    body: cut(chat.prompt, 120), lines: [h('p', { class: 'item-text' }, foreign(cut(chat.prompt, 120)))],
  };
}

/** @param {number} share @param {number} total @param {number} minutes @returns {Notice} */
export const rateNotice = (share, total, minutes) => ({
  tag: 'rate', icon: 'error', title: 'alerts.rate.title', args: { share: percent(share), n: total, time: duration(minutes * 60_000) },
  body: '', lines: [],
  href: hashOf(null, { filter: { ...NO_FILTER, status: 'error', range: 'today' }, page: 0 }), link: 'tenants.show-chats', chatId: null,
});

/** @param {string} chatId @param {string} tag */
const ofChat = (chatId, tag) => ({ tag, chatId, href: chatHash(chatId), link: /** @type {const} */ ('toasts.open') });

/** @param {Key} title @param {Key} named @param {string} name @returns {{ title: Key, args: Args }} */
const titled = (title, named, name) => (name ? { title: named, args: { name: `\u2068${cut(name, 40)}\u2069` } } : { title, args: {} });

/** @param {unknown} item */
function line(item) {
  const { title, text } = readItem(item, [i18n.language, 'en']);
  if (title === null) return h('p', { class: 'toast-line' }, foreign(cut(JSON.stringify(item) ?? '', 120)));
  return h('p', { class: 'toast-line' }, foreign(cut(title, 80), 'toast-item'),
    text && h('span', { class: 'item-text' }, ' ', foreign(cut(text, 160))));
}
