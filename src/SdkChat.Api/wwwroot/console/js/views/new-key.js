import { Problem } from '../api/problem.js';
import { i18n } from '../i18n/i18n.js';
import { copyButton } from './copy.js';
import { h } from './dom.js';
import { titleOf } from './states.js';

/** @import { TenantAdmin } from '../api/tenant-admin.js' */

const DAYS = [7, 14, 30, 60, 90, 180, 365];

/**
 * Asks for a name and an expiry, makes the key, and shows it: the only time that anybody sees it.
 * @param {TenantAdmin} admin
 * @param {() => void} onMade
 */
export function newKeyDialog(admin, onMade) {
  const name = h('input', {
    class: 'input', testid: 'key-name', attrs: { id: 'key-name', required: true, maxlength: 100, autocomplete: 'off' },
  });
  const days = h('select', { class: 'input', testid: 'key-days', attrs: { id: 'key-days' } },
    ...DAYS.map((n) => h('option', { t: 'keys.days', args: { n }, attrs: { value: n } })),
    h('option', { t: 'keys.never', attrs: { value: '' } }));
  days.value = '90';
  const failed = h('p', { class: 'field-error', testid: 'key-error', attrs: { role: 'alert' } });
  const close = h('button', {
    class: 'button', testid: 'key-close', t: 'cancel', attrs: { type: 'button' }, on: { click: () => dialog.close() },
  });
  const make = h('button', { class: 'button primary', testid: 'key-make', t: 'keys.make', attrs: { type: 'submit' } });
  const form = h('form', { class: 'key-form', on: { submit: (event) => { event.preventDefault(); void submit(); } } },
    h('label', { class: 'label', t: 'keys.name', attrs: { for: 'key-name' } }), name,
    h('label', { class: 'label', t: 'keys.expires', attrs: { for: 'key-days' } }), days, failed,
    h('div', { class: 'confirm-buttons' }, close, make));
  const dialog = h('dialog', { class: 'card confirm', testid: 'new-key', attrs: { 'aria-labelledby': 'new-key-title' } },
    h('h2', { t: 'keys.new', attrs: { id: 'new-key-title' } }), form);

  const submit = async () => {
    make.disabled = true;
    try {
      const key = await admin.createKey(name.value, days.value ? Number(days.value) : null);
      form.replaceWith(made(key, () => dialog.close()));
      onMade();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      failed.textContent = problem.status >= 400 && problem.status < 500 && problem.message ? problem.message : i18n.t(titleOf(problem));
    } finally {
      make.disabled = false;
    }
  };

  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} key @param {() => void} done */
const made = (key, done) => h('div', { class: 'key-form' },
  h('p', { t: 'keys.once' }), h('output', { class: 'code key-shown', testid: 'key-shown' }, key),
  copyButton('keys.copy', 'key-copy', () => key),
  h('div', { class: 'confirm-buttons' },
    h('button', { class: 'button primary', testid: 'key-done', t: 'help.done', attrs: { type: 'button' }, on: { click: done } })));
