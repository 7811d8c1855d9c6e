import { cut, h } from './dom.js';

const MOST = 4000;

/**
 * Something whose shape we do not know, readable.
 * @param {unknown} value
 */
export const jsonBlock = (value) => h('pre', { class: 'json', attrs: { tabindex: 0, dir: 'ltr', role: 'group' }, tAttrs: { 'aria-label': 'item.raw' } }, cut(print(value), MOST));

/** @param {unknown} value */
function print(value) {
  try {
    return JSON.stringify(value, null, 2) ?? String(value);
  } catch {
    return String(value); // nested deeper than the stack
  }
}

/** What an item has beside what we know. @param {unknown} rest */
export const restBlock = (rest) => (rest === undefined ? null
  : h('details', { class: 'rest' }, h('summary', { t: 'item.more' }), jsonBlock(rest)));
