import { chatHash } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';
import { placeOf } from '../app/backoffice-route.js';
import { number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { callsOf, foldReads } from '../state/audit.js';
import { foreign, h, say, setAttribute } from './dom.js';
import { OperationsView } from './operations-view.js';
import { pageLinks } from './pages.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { tenantChip } from './tenant-chip.js';
import { ago } from './time.js';

/** @import { AuditRow, Page } from '../api/types.js' */
/** @import { Tenants } from '../state/tenants.js' */
/** @import { Outcome } from './operations-view.js' */
/** @import { TenantPicker } from './tenant-picker.js' */

/** As the service names them. */
const ACTIONS = /** @type {const} */ ([
  'list_chats', 'read_chat', 'count_chats', 'read_stats', 'read_timeline', 'read_profile', 'export_chats',
  'list_streams', 'disconnect_stream', 'erase_profile', 'list_tenants', 'read_overview', 'add_tenant', 'update_tenant',
  'list_api_keys', 'create_api_key', 'revoke_api_key', 'list_screens', 'add_screen', 'revoke_screen',
  'set_floor_plan', 'remove_floor_plan', 'list_blocks', 'block_subject', 'unblock_subject', 'read_audit',
]);

/** @typedef {Record<'subject' | 'action' | 'from' | 'to' | 'tenant', string>} AuditFilter from and to are days of the reader's own zone */

/**
 * Who did what. It is read once for each filter and page: reading it leaves entries of its own.
 * @param {(filter: AuditFilter, page: number) => Promise<Page<AuditRow>>} load
 * @param {() => { filter: AuditFilter, page: number }} place what the address says
 * @param {Tenants} tenants
 * @param {Outcome} outcome
 * @param {TenantPicker} picker
 */
export function auditView(load, place, tenants, outcome, picker) {
  /** @type {OperationsView<Page<AuditRow>>} */
  const view = new OperationsView('audit.title', () => load(place().filter, place().page), (page) => {
    say(view.count, 'access.total', { n: page.total });
    const { filter } = place();
    const chip = tenantChip('audit', filter.tenant, tenants, { ...filter, tenant: '' });
    if (!page.items.length) return [...chip, emptyState('list.filtered', 'audit.none')];
    const links = pageLinks(page, (to) => placeOf('audit', filter, { page: to }));
    return [
      ...chip, ...foldReads(page.items).reduce(groupsOf, []).map(({ rows, folded }) => (folded ? foldedReads(rows) : entries(rows))),
      ...(links ? [links] : []),
    ];
  }, outcome);

  /** @param {AuditRow[]} rows */
  const foldedReads = (rows) => h('details', { class: 'folded', testid: 'audit-folded' },
    h('summary', null, ago(rows[0].last_at), ' · ', foreign(rows[0].subject ?? '–', 'code'), ' · ',
      i18n.t('audit.folded', { n: callsOf({ rows, folded: true }) })),
    entries(rows));

  /** @param {AuditRow[]} rows */
  const entries = (rows) => table({
    testid: 'audit-table', caption: 'audit.title', rows, rowId: (row) => row.audit_id,
    columns: [
      { label: 'access.at', cell: (row) => ago(row.last_at) },
      { label: 'audit.who', cell: (row) => h('span', null,
        row.subject === null ? i18n.t('audit.anonymous') : foreign(row.subject, 'code'), ' ',
        h('span', { class: 'tag' }, i18n.word('audit.caller', row.caller))) },
      { label: 'access.action', cell: (row) => i18n.word('access.action', row.action) },
      { label: 'streams.tenant', cell: (row) => (row.tenant_id === null ? '–'
        : h('a', { class: 'link', attrs: { href: placeOf('tenants', {}, { id: row.tenant_id }) } },
          foreign(tenants.code(row.tenant_id)))) },
      { label: 'access.what', cell: targetOf },
      { label: 'audit.status', isNumber: true, cell: (row) => h('span',
        row.status >= 400 ? { class: 'flag', attrs: { 'data-kind': 'bad' } } : null, row.status === 0 ? '–' : String(row.status)) },
      { label: 'access.count', isNumber: true, cell: (row) => number(row.count) },
    ],
  });

  const form = filterForm(picker);
  const fold = h('button', {
    class: 'button audit-fold', testid: 'audit-fold',
    attrs: { type: 'button', 'aria-expanded': 'false', 'aria-controls': form.element.id },
    on: { click: () => setAttribute(fold, 'aria-expanded', String(fold.getAttribute('aria-expanded') === 'false')) },
  });
  view.head.append(fold);
  view.head.after(form.element);
  return Object.assign(view, { showPlace: () => {
    const { filter } = place();
    const n = Object.values(filter).filter(Boolean).length;
    say(fold, n ? 'audit.filters' : 'filter.label', { n });
    form.show(filter);
  } });
}

/**
 * Entries between two folds share a table.
 * @param {{ rows: AuditRow[], folded: boolean }[]} groups
 * @param {{ rows: AuditRow[], folded: boolean }} group
 */
function groupsOf(groups, group) {
  const last = groups.at(-1);
  if (last && !last.folded && !group.folded) last.rows.push(...group.rows);
  else groups.push({ rows: [...group.rows], folded: group.folded });
  return groups;
}

/** @param {AuditRow} row */
function targetOf({ target_id: id, target_kind: kind, key_prefix: prefix }) {
  if (id && kind === 'chat') return h('a', { class: 'link code', attrs: { href: chatHash(id, '') } }, id);
  if (id && kind === 'profile') return h('a', { class: 'link code', attrs: { href: shopperPageHash(id) } }, id);
  if (prefix) return foreign(prefix, 'code');
  return id ? h('span', null, i18n.word('audit.kind', kind ?? ''), ' ', foreign(id, 'code')) : '–';
}

/** The filters stand in the address; what is changed changes it. @param {TenantPicker} picker */
function filterForm(picker) {
  const action = h('select', { class: 'input', testid: 'audit-action', attrs: { id: 'audit-action' } },
    h('option', { t: 'audit.action.all', attrs: { value: '' } }),
    ...ACTIONS.map((value) => h('option', { t: `access.action.${value}`, attrs: { value } })));
  const subject = h('input', {
    class: 'input', testid: 'audit-subject',
    attrs: { id: 'audit-subject', type: 'search', maxlength: 200, autocomplete: 'off', spellcheck: 'false' },
  });
  const [from, to] = (/** @type {const} */ (['from', 'to'])).map((name) => h('input', {
    class: 'input', testid: `audit-${name}`, attrs: { id: `audit-${name}`, type: 'date' },
  }));
  let tenant = '';
  const go = () => {
    location.hash = placeOf('audit', { subject: subject.value.trim(), action: action.value, from: from.value, to: to.value, tenant });
  };
  const element = h(
    'form', {
      class: 'audit-filter', attrs: { id: 'audit-filter', role: 'search' }, tAttrs: { 'aria-label': 'filter.label' },
      on: { change: go, submit: (event) => { event.preventDefault(); go(); } },
    },
    h('label', { class: 'field' }, h('span', { class: 'label', t: 'access.action' }), action),
    h('div', { class: 'field' }, h('span', { class: 'label', t: 'filter.tenant' }), picker.element),
    h('label', { class: 'field' }, h('span', { class: 'label', t: 'audit.who' }), subject),
    h('label', { class: 'field' }, h('span', { class: 'label', t: 'audit.from' }), from),
    h('label', { class: 'field' }, h('span', { class: 'label', t: 'audit.to' }), to),
  );
  return {
    element,
    /** @param {AuditFilter} filter */
    show(filter) {
      action.value = filter.action;
      for (const [input, value] of /** @type {const} */ ([[subject, filter.subject], [from, filter.from], [to, filter.to]])) {
        if (document.activeElement !== input) input.value = value;
      }
      tenant = filter.tenant;
      picker.show(tenant);
    },
  };
}
