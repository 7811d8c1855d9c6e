import { chatHash } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';
import { number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { h, say } from './dom.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { ago } from './time.js';

/** @import { TenantAdmin } from '../api/tenant-admin.js' */
/** @import { AccessRow, Page } from '../api/types.js' */
/** @import { Outcome } from './operations-view.js' */

/**
 * What super admins read and changed of this tenant.
 * @param {TenantAdmin} admin
 * @param {Outcome} outcome
 */
export function accessView(admin, outcome) {
  /** @type {OperationsView<Page<AccessRow>>} */
  const view = new OperationsView('access.title', () => admin.access(), ({ items, total }) => {
    say(view.count, 'access.total', { n: total });
    if (!items.length) return [emptyState('access.empty', 'access.empty.hint')];
    return [table({
      testid: 'access-table', caption: 'access.title', rows: items,
      columns: [
        { label: 'access.at', cell: (row) => ago(row.last_at) },
        { label: 'access.action', cell: (row) => i18n.word('access.action', row.action) },
        { label: 'access.what', cell: whatOf },
        { label: 'access.count', isNumber: true, cell: (row) => number(row.count) },
      ],
    })];
  }, outcome);
  return view;
}

/** What is about chats where no single one is named. */
const CHATS = ['list_chats', 'count_chats', 'export_chats', 'read_stats'];

/** @param {AccessRow} row */
function whatOf({ action, chat_id: chat, profile_id: profile, all_tenants: all }) {
  if (chat) return h('a', { class: 'link code', attrs: { href: chatHash(chat, '') } }, chat);
  if (profile && action === 'erase_profile') return h('span', { class: 'code' }, profile); // there is no page of the shopper any more
  if (profile) return h('a', { class: 'link code', attrs: { href: shopperPageHash(profile) } }, profile);
  return CHATS.includes(action) ? i18n.t(all ? 'access.all-tenants' : 'access.list') : '–';
}
