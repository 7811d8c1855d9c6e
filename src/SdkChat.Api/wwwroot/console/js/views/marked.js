import { rangesOf } from '../state/highlight.js';
import { h } from './dom.js';

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Writes a text with the searched words marked in it; only when it differs from what is shown.
 * @param {Element} element
 * @param {string} text
 * @param {readonly string[]} words
 */
export function setMarked(element, text, words) {
  const key = JSON.stringify([text, words]);
  if (shown.get(element) === key) return;
  shown.set(element, key);
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let end = 0;
  for (const [from, to] of rangesOf(text, words)) {
    parts.push(text.slice(end, from), h('mark', null, text.slice(from, to)));
    end = to;
  }
  element.replaceChildren(...parts, text.slice(end));
}
