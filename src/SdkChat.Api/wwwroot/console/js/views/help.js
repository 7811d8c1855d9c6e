import { h } from './dom.js';

/** @import { Key } from '../i18n/i18n.js' */

/** The keys of a list of chats. @type {readonly (readonly [string, Key])[]} */
const KEYS = [
  ['j', 'help.next'], ['k', 'help.previous'], ['Enter', 'help.open'], ['Esc', 'help.close'], ['s', 'help.shopper'],
  ['/', 'help.search'], ['v', 'views.title'], ['e', 'export.title'],
];

/** All keys of the page. @param {readonly { letter: string, label: Key }[]} places where `g` and a letter lead */
export function showHelp(places) {
  const dialog = h('dialog', { class: 'card confirm', testid: 'help', attrs: { 'aria-labelledby': 'help-title' } },
    h('h2', { t: 'help.title', attrs: { id: 'help-title' } }),
    h('dl', { class: 'keys' },
      ...row([modifier(), 'K'], 'palette.title'), ...places.flatMap(({ letter, label }) => row(['g', letter], label)),
      ...KEYS.flatMap(([key, meaning]) => row([key], meaning)), ...row(['?'], 'help.title')),
    h('div', { class: 'confirm-buttons' },
      h('button', { class: 'button', t: 'help.done', attrs: { type: 'button' }, on: { click: () => dialog.close() } })));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string[]} keys @param {Key} meaning */
const row = (keys, meaning) => [
  h('dt', null, ...keys.flatMap((key, index) => [index > 0 && ' ', h('kbd', null, key)])),
  h('dd', { t: meaning }),
];

const modifier = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl');
