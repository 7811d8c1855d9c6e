import { h } from './dom.js';

/** @import { Key } from '../i18n/i18n.js' */

/** @type {readonly (readonly [string, Key])[]} */
const KEYS = [['j', 'help.next'], ['k', 'help.previous'], ['Enter', 'help.open'], ['Esc', 'help.close'], ['/', 'help.search'], ['v', 'views.title'], ['e', 'export.title'], ['?', 'help.title']];

/** The keys that the list of chats knows. */
export function showHelp() {
  const dialog = h('dialog', { class: 'card confirm', testid: 'help', attrs: { 'aria-labelledby': 'help-title' } },
    h('h2', { t: 'help.title', attrs: { id: 'help-title' } }),
    h('dl', { class: 'keys' }, ...KEYS.flatMap(([key, meaning]) => [h('dt', null, h('kbd', null, key)), h('dd', { t: meaning })])),
    h('div', { class: 'confirm-buttons' }, h('button', { class: 'button', t: 'help.done', attrs: { type: 'button' }, on: { click: () => dialog.close() } })));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
