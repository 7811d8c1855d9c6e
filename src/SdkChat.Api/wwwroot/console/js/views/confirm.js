import { h } from './dom.js';

/** @import { Args, Key } from '../i18n/i18n.js' */

/**
 * Asks before something is done that cannot be undone.
 * @param {Key} question
 * @param {Args} args
 * @param {Key} yes
 * @returns {Promise<boolean>}
 */
export function confirm(question, args, yes) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: 'card confirm', attrs: { 'aria-labelledby': 'confirm-question' } },
      h('p', { t: question, args, attrs: { id: 'confirm-question' } }),
      h('div', { class: 'confirm-buttons' },
        h('button', { class: 'button', testid: 'confirm-no', t: 'cancel', attrs: { type: 'button' }, on: { click: () => dialog.close() } }),
        h('button', {
          class: 'button danger', testid: 'confirm-yes', t: yes, attrs: { type: 'button' }, on: { click: () => dialog.close('yes') },
        })));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
