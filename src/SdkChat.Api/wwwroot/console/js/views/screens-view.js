import { BASE } from '../api/base.js';
import { Problem } from '../api/problem.js';
import { i18n } from '../i18n/i18n.js';
import { confirm } from './confirm.js';
import { copyButton } from './copy.js';
import { foreign, h, say } from './dom.js';
import { field, formDialog } from './form-dialog.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { ago, moment } from './time.js';

/** @import { TenantAdmin } from '../api/tenant-admin.js' */
/** @import { ScreenRow } from '../api/types.js' */
/** @import { Outcome } from './operations-view.js' */

/**
 * The screens that show the tenant's wall: listed, signed in with a link, revoked.
 * @param {TenantAdmin} admin
 * @param {Outcome} outcome
 * @param {boolean} [mayAdd] only a tenant's own admins make links
 */
export function screensView(admin, outcome, mayAdd = true) {
  /** @type {OperationsView<ScreenRow[]>} */
  const view = new OperationsView('screens.title', () => admin.screens(), (rows) => {
    say(view.count, 'screens.total', { n: rows.length });
    if (!rows.length) return [emptyState('screens.empty', 'screens.empty.hint')];
    return [table({
      testid: 'screens-table', caption: 'screens.title', rows, rowId: (row) => row.screen_id,
      columns: [
        { label: 'keys.name', cell: (row) => foreign(row.name, 'strong') },
        { label: 'keys.state', cell: (row) => h('span', { class: 'tag', attrs: { 'data-on': String(row.activated_at !== null) } },
          i18n.t(row.activated_at === null ? 'screens.waiting' : 'screens.on')) },
        { label: 'keys.created', cell: (row) => ago(row.created_at) },
        { label: 'keys.expires', cell: (row) => (row.usable_until ? moment(row.usable_until) : i18n.t('keys.never')) },
        { label: 'keys.used', cell: (row) => (row.last_used_at ? ago(row.last_used_at) : i18n.t('keys.never')) },
        { label: 'screens.by', cell: (row) => (row.created_by === null ? '–' : foreign(row.created_by)) },
        { label: 'keys.revoke', isAction: true, cell: (row) => h('button', {
          class: 'button danger small', testid: 'screen-revoke', t: 'keys.revoke',
          attrs: { type: 'button' }, on: { click: () => void revoke(row) },
        }) },
      ],
    })];
  }, outcome);

  /** @param {ScreenRow} row */
  const revoke = async (row) => {
    if (!(await confirm('screens.confirm', { name: row.name }, 'keys.revoke'))) return;
    try {
      await admin.revokeScreen(row.screen_id);
    } catch (thrown) {
      outcome.failed(Problem.from(thrown));
    }
    await view.refresh();
  };

  const add = () => {
    const name = field('keys.name', 'screen-name', { maxlength: 100 });
    formDialog({ testid: 'screen-dialog', title: 'screens.new', action: 'screens.make', fields: name.elements, submit: async () => {
      const path = await admin.addScreen(name.input.value);
      void view.refresh();
      showLink(`${location.origin}${path}`);
    } });
  };

  if (mayAdd) view.head.append(h('div', { class: 'tools' },
    h('a', { class: 'button', testid: 'wall-open', t: 'wall.open', attrs: { href: `${BASE}/console/wall` } }),
    h('button', { class: 'button', testid: 'screen-new', t: 'screens.new', attrs: { type: 'button' }, on: { click: add } })));
  return view;
}

/** @param {string} link which the service shows this once */
function showLink(link) {
  const dialog = h('dialog', { class: 'card confirm', testid: 'screen-link-dialog', attrs: { 'aria-labelledby': 'screen-link-title' } },
    h('h2', { t: 'screens.link', attrs: { id: 'screen-link-title' } }),
    h('div', { class: 'key-form' }, h('p', { t: 'screens.once' }),
      h('p', { class: 'key-shown code', testid: 'screen-link' }, link), copyButton('copy.link', 'screen-copy', () => link),
      h('div', { class: 'confirm-buttons' },
        h('button', { class: 'button primary', t: 'help.done', attrs: { type: 'button' }, on: { click: () => dialog.close() } }))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
