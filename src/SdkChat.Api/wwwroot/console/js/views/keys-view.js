import { Problem } from '../api/problem.js';
import { i18n } from '../i18n/i18n.js';
import { confirm } from './confirm.js';
import { foreign, h, say } from './dom.js';
import { newKeyDialog } from './new-key.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { ago, moment } from './time.js';

/** @import { TenantAdmin } from '../api/tenant-admin.js' */
/** @import { ApiKeyRow, Page } from '../api/types.js' */
/** @import { Outcome } from './operations-view.js' */

/**
 * The tenant's SDK keys: listed, made, revoked.
 * @param {TenantAdmin} admin
 * @param {Outcome} outcome
 */
export function keysView(admin, outcome) {
  /** @type {OperationsView<Page<ApiKeyRow>>} */
  const view = new OperationsView('keys.title', () => admin.keys(), ({ items, total }) => {
    say(view.count, 'keys.total', { n: total });
    if (!items.length) return [emptyState('keys.empty', 'keys.empty.hint')];
    return [table({
      testid: 'keys-table', caption: 'keys.title', rows: items,
      columns: [
        { label: 'keys.name', cell: (row) => (row.name === null ? '–' : foreign(row.name, 'strong')) },
        { label: 'keys.prefix', cell: (row) => foreign(row.key_prefix, 'code') },
        { label: 'keys.state', cell: (row) => h('span', { class: 'tag', attrs: { 'data-on': String(row.status === 'active') } },
          i18n.word('keys.state', row.status)) },
        { label: 'keys.created', cell: (row) => ago(row.created_at) },
        { label: 'keys.expires', cell: (row) => (row.expires_at === null ? i18n.t('keys.never') : moment(row.expires_at)) },
        { label: 'keys.used', cell: (row) => (row.last_used_at === null ? i18n.t('keys.never') : ago(row.last_used_at)) },
        { label: 'keys.revoke', isAction: true, cell: (row) => (row.status === 'active' ? revokeButton(row) : '') },
      ],
    })];
  }, outcome);

  /** @param {ApiKeyRow} row */
  const revokeButton = (row) => h('button', {
    class: 'button danger small', testid: 'key-revoke', t: 'keys.revoke', attrs: { type: 'button' }, on: { click: () => void revoke(row) },
  });

  /** @param {ApiKeyRow} row */
  const revoke = async (row) => {
    if (!(await confirm('keys.confirm', { name: row.name ?? row.key_prefix }, 'keys.revoke'))) return;
    try {
      await admin.revokeKey(row.key_prefix);
    } catch (thrown) {
      outcome.failed(Problem.from(thrown));
    }
    await view.refresh();
  };

  view.head.append(h('button', {
    class: 'button', testid: 'key-new', t: 'keys.new', attrs: { type: 'button' },
    on: { click: () => newKeyDialog(admin, () => void view.refresh()) },
  }));
  return view;
}
