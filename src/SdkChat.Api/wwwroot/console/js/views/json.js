import { i18n } from '../i18n/i18n.js';
import { cut, h } from './dom.js';

const MOST = 4000;

/**
 * Something whose shape we do not know, readable: its beginning, and all of it on demand.
 * @param {unknown} value
 */
export const jsonBlock = (value) => textBlock(print(value));

/** Text of JSON: its beginning, and all of it on demand. @param {string} text */
export function textBlock(text) {
  const block = h('pre', {
    class: 'json', attrs: { tabindex: 0, dir: 'ltr', role: 'group' }, tAttrs: { 'aria-label': 'item.raw' },
  }, cut(text, MOST));
  if (text.length <= MOST) return block;
  const all = h('button', {
    class: 'button quiet small', testid: 'json-all', attrs: { type: 'button' },
    on: { click: () => { block.textContent = text; block.focus(); all.remove(); } },
  }, i18n.t('item.show-all', { n: text.length }));
  return h('div', { class: 'json-part' }, block, all);
}

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
