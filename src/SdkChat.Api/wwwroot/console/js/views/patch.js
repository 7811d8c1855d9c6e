import { i18n } from '../i18n/i18n.js';

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Fills an element anew only when what it shows has changed, or the language: what somebody has unfolded or selected stays.
 * @param {Element} element
 * @param {unknown} data what the content is made of
 * @param {() => (Node | string)[]} build
 */
export function patch(element, data, build) {
  const key = `${i18n.language} ${JSON.stringify(data)}`;
  if (shown.get(element) === key) return;
  shown.set(element, key);
  element.replaceChildren(...build());
}
