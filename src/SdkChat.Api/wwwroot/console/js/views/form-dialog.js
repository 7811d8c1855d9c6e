import { Problem } from '../api/problem.js';
import { i18n } from '../i18n/i18n.js';
import { h } from './dom.js';
import { titleOf } from './states.js';

/** @import { Child } from './dom.js' */
/** @import { Key } from '../i18n/i18n.js' */

/**
 * Asks for a few fields and does something with them; what the service refuses is said beside them, in the reader's language where
 * `refused` has the code.
 * @param {{ testid: string, title: Key, action: Key, danger?: boolean, refused?: Readonly<Record<string, Key>>, fields: Child[],
 *   submit: () => Promise<void> }} parts
 */
export function formDialog({ testid, title, action, danger = false, refused = {}, fields, submit }) {
  const failed = h('p', { class: 'field-error', testid: `${testid}-error`, attrs: { role: 'alert' } });
  const go = h('button', {
    class: `button ${danger ? 'danger' : 'primary'}`, testid: `${testid}-submit`, t: action, attrs: { type: 'submit' },
  });
  const run = async () => {
    go.disabled = true;
    try {
      await submit();
      dialog.close();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      const isTold = problem.status >= 400 && problem.status < 500 && problem.message;
      const known = refused[problem.code ?? ''];
      failed.textContent = known ? i18n.t(known)
        : isTold ? (problem.details.length ? problem.details : [problem.message]).join(' ') : i18n.t(titleOf(problem));
    } finally {
      go.disabled = false;
    }
  };
  const dialog = h('dialog', { class: 'card confirm', testid, attrs: { 'aria-labelledby': `${testid}-title` } },
    h('h2', { t: title, attrs: { id: `${testid}-title` } }),
    h('form', { class: 'key-form', on: { submit: (event) => { event.preventDefault(); void run(); } } },
      ...fields, failed,
      h('div', { class: 'confirm-buttons' },
        h('button', {
          class: 'button', testid: `${testid}-cancel`, t: 'cancel', attrs: { type: 'button' }, on: { click: () => dialog.close() },
        }), go)));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * A field of such a dialog with its label.
 * @param {Key} label
 * @param {string} id
 * @param {Record<string, string | number | boolean | null>} [attrs]
 */
export function field(label, id, attrs = {}) {
  const input = h('input', { class: 'input', testid: id, attrs: { id, autocomplete: 'off', required: true, ...attrs } });
  return { input, elements: [h('label', { class: 'label', t: label, attrs: { for: id } }), input] };
}
