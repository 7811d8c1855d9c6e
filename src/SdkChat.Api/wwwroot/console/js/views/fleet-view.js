import { Problem } from '../api/problem.js';
import { chatHash, hashOf, NEWEST } from '../app/route.js';
import { isId, placeOf } from '../app/backoffice-route.js';
import { number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { share } from '../i18n/share.js';
import { isFailing, isLate } from '../state/fleet.js';
import { foreign, h, say } from './dom.js';
import { OperationsView } from './operations-view.js';
import { pageLinks } from './pages.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { ago } from './time.js';

/** @import { FleetPage, FleetRow } from '../api/types.js' */
/** @import { ChatFilter } from '../api/chats.js' */
/** @import { Outcome } from './operations-view.js' */

const TYPED_FOR = 300;

/**
 * All tenants and how they are doing, those in trouble first.
 * @param {object} parts
 * @param {() => Promise<FleetPage>} parts.load what the address says
 * @param {() => { name: string, page: number }} parts.place what the address says
 * @param {(id: string) => Promise<boolean>} parts.isTenant
 * @param {() => void} parts.onNew
 * @param {Outcome} parts.outcome
 */
export function fleetView({ load, place, isTenant, onNew, outcome }) {
  /** @type {OperationsView<FleetPage>} */
  const view = new OperationsView('fleet.title', load, (page) => {
    const { asked, answered } = page.nodes;
    say(view.count, answered < asked ? 'fleet.partial' : 'tenants.total', { n: page.total, asked, answered });
    const { name } = place();
    if (!page.items.length) return [name ? emptyState('list.filtered', 'fleet.none') : emptyState('tenants.empty', 'tenants.empty.hint')];
    const links = pageLinks(page, (to) => placeOf('tenants', { name }, { page: to }));
    return [fleetTable(page.items), ...(links ? [links] : [])];
  }, outcome);

  const search = h('input', {
    class: 'input', testid: 'fleet-search', tAttrs: { placeholder: 'fleet.search', 'aria-label': 'fleet.search' },
    attrs: { type: 'search', maxlength: 100, autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' },
    on: { input: () => later(), keydown: (event) => { if (event.key === 'Enter') void find(); } },
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const later = () => {
    clearTimeout(typing);
    if (!isId(search.value.trim().toLowerCase())) typing = setTimeout(() => void find(), TYPED_FOR);
  };
  /** An id is a tenant's or a chat's, of whichever tenant; all else is a part of a name. */
  const find = async () => {
    clearTimeout(typing);
    const text = search.value.trim();
    const id = text.toLowerCase();
    if (!isId(id)) {
      if (text !== place().name) location.replace(placeOf('tenants', { name: text }));
      return;
    }
    try {
      const isFound = await isTenant(id);
      search.value = '';
      location.hash = isFound ? placeOf('tenants', {}, { id }) : chatHash(id, '');
    } catch (thrown) {
      outcome.failed(Problem.from(thrown));
    }
  };
  view.head.append(h('div', { class: 'tools' }, search,
    h('button', { class: 'button', testid: 'tenant-new', t: 'tenants.new', attrs: { type: 'button' }, on: { click: onNew } })));
  return Object.assign(view, { showPlace: () => { if (document.activeElement !== search) search.value = place().name; } });
}

/** @param {FleetRow[]} rows */
function fleetTable(rows) {
  const now = Date.now();
  return table({
    testid: 'fleet-table', caption: 'fleet.title', rows, rowId: (row) => row.tenant_id,
    columns: [
      { label: 'tenants.name', cell: nameCell },
      { label: 'fleet.chats', isNumber: true, cell: (row) => chats(row, number(row.chats), { range: 'today' }, 'fleet-chats') },
      { label: 'fleet.failed', isNumber: true, cell: (row) => (row.failed === 0 ? '0'
        : marked(isFailing(row),
          chats(row, `${number(row.failed)} · ${share(row.failed, row.chats)}`, { range: 'today', status: 'error' }, 'fleet-failed'))) },
      { label: 'fleet.waiting', isNumber: true, cell: (row) => (row.waiting_since === null ? '–'
        : marked(isLate(row, now), chats(row, number(row.waiting), { status: 'in_progress' }, 'fleet-waiting'),
          ' · ', ago(row.waiting_since))) },
      { label: 'fleet.last', cell: (row) => (row.last_chat_at === null ? '–' : ago(row.last_chat_at)) },
      { label: 'fleet.streams', isNumber: true, cell: (row) => (row.streams === 0 ? '0'
        : h('a', { class: 'link', testid: 'fleet-streams', attrs: { href: placeOf('streams', { tenant: row.tenant_id }) } },
          number(row.streams))) },
      { label: 'fleet.keys', isNumber: true, cell: (row) => (row.next_key_expiry === null ? '–'
        : h('span', { class: 'flag', attrs: { 'data-kind': 'warn' } }, `${number(row.expiring_keys)} · `, ago(row.next_key_expiry))) },
    ],
  });
}

/** @param {FleetRow} row */
const nameCell = (row) => h('span', { class: 'fleet-name' },
  h('a', { class: 'link strong', testid: 'fleet-tenant', attrs: { href: placeOf('tenants', {}, { id: row.tenant_id }) } },
    foreign(row.code)),
  row.name === row.code ? null : foreign(row.name, 'fleet-about'),
  !row.enabled && h('span', { class: 'tag' }, i18n.t('tenants.disabled')));

/** @param {boolean} isBad @param {...(Node | string)} children */
const marked = (isBad, ...children) => h('span', isBad ? { class: 'flag', attrs: { 'data-kind': 'bad' } } : null, ...children);

/**
 * A number that leads to the chats that it counts.
 * @param {FleetRow} row
 * @param {string} text
 * @param {Partial<ChatFilter>} filter
 * @param {string} testid
 */
const chats = (row, text, filter, testid) => h('a', {
  class: 'link', testid, attrs: { href: hashOf(null, { ...NEWEST, filter: { ...NEWEST.filter, tenantId: row.tenant_id, ...filter } }) },
}, text);
