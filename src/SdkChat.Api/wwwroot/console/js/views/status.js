import { i18n } from '../i18n/i18n.js';
import { h, setAttribute, setText } from './dom.js';
import { icon, isIcon } from './icons.js';

/**
 * A status in a colour, a shape and a word. A status that we do not know is told as it came.
 * @param {string} status
 * @param {string} [testid]
 */
export function statusPill(status, testid) {
  const pill = h('span', { class: 'status', testid }, icon('ended'), h('span', null));
  setStatus(pill, status);
  return pill;
}

/** @param {HTMLElement} pill @param {string} status */
export function setStatus(pill, status) {
  const word = i18n.word('status', status);
  if (pill.dataset.status === status && pill.textContent === word) return;
  setAttribute(pill, 'data-status', status);
  pill.firstElementChild?.replaceWith(icon(isIcon(status) ? status : 'ended'));
  const label = pill.lastElementChild;
  if (label) setText(label, word);
}
