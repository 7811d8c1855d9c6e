import { number, price } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { readItem } from '../state/items.js';
import { cut, foreign, h } from './dom.js';
import { jsonBlock, restBlock } from './json.js';

/** @import { ReadItem } from '../state/items.js' */

const STEP = 30;
const LONGEST = 600;

/** @typedef {(item: ReadItem, index: number) => HTMLElement} ItemView */

/**
 * A list of items, however many: the first ones, and the rest on demand.
 * @param {readonly unknown[]} items
 * @param {ItemView} view
 * @param {{ class: string, locale: string | null }} options
 */
export function itemList(items, view, { class: className, locale }) {
  const languages = [i18n.language, (locale ?? '').slice(0, 2).toLowerCase(), 'en'];
  const list = h('ul', { class: `items ${className}` });
  const more = h('button', { class: 'button quiet', attrs: { type: 'button' }, on: { click: () => show() } });
  const show = () => {
    const from = list.childElementCount;
    items.slice(from, from + STEP).forEach((item, n) => list.append(h('li', null, view(readItem(item, languages), from + n))));
    const left = items.length - list.childElementCount;
    if (left > 0) more.textContent = i18n.t('item.show-more', { n: left });
    else more.remove();
  };
  const whole = h('div', null, list, more);
  show();
  return whole;
}

/** @type {ItemView} */
export const todoView = (item) => unknownView(item) ?? h(
  'div', { class: 'todo' },
  h('span', { class: 'todo-mark', attrs: { 'aria-hidden': 'true' } }),
  h('span', { class: 'todo-text' }, text(item.title), text(item.text, 'item-text'), restBlock(item.rest)),
  item.quantity !== null && h('span', { class: 'todo-quantity' }, `×${number(item.quantity)}`),
);

/** @type {ItemView} */
export const recommendedView = (item) => unknownView(item) ?? h(
  'div', { class: 'product' },
  h('div', { class: 'product-head' }, text(item.title, 'product-name'),
    item.price && h('span', { class: 'product-price' }, price(item.price.amount, item.price.currency))),
  item.section && h('span', { class: 'tag' }, foreign(cut(item.section, 60))),
  item.text && h('p', { class: 'item-text' }, foreign(cut(item.text, LONGEST))),
  restBlock(item.rest),
);

/** @type {ItemView} */
export const notificationView = (item, index) => unknownView(item) ?? h(
  'div', { class: 'notification' },
  h('span', { class: item.position ? 'pin-number' : 'pin-number nowhere' }, number(index + 1)),
  h('div', null, text(item.title, 'notification-title'),
    item.text && h('p', { class: 'item-text' }, foreign(cut(item.text, LONGEST))), restBlock(item.rest)),
);

/** @param {ReadItem} item */
const unknownView = (item) => (item.title === null ? jsonBlock(item.rest) : null);

/** @param {string | null} words @param {string} [className] */
const text = (words, className) => (words === null ? null : foreign(cut(words, LONGEST), className));
