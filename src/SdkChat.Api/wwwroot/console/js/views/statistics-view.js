import { hashOf, NEWEST } from '../app/route.js';
import { placeOf } from '../app/backoffice-route.js';
import { duration, number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { share } from '../i18n/share.js';
import { sorted, SORTS, withCode } from '../state/fleet.js';
import { bar, noBar } from './bar.js';
import { foreign, h, say } from './dom.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { table } from './table.js';

/** @import { StatsNumbers, TenantGroup, TenantStats } from '../api/types.js' */
/** @import { Outcome } from './operations-view.js' */

export const RANGES = /** @type {const} */ (['today', '7d', '30d']);
const SHOWN = 100;

/** @typedef {{ range: typeof RANGES[number], sort: string }} StatisticsPlace */

/**
 * The tenants compared.
 * @param {(range: StatisticsPlace['range']) => Promise<TenantStats>} load
 * @param {() => StatisticsPlace} place what the address says
 * @param {Outcome} outcome
 */
export function statisticsView(load, place, outcome) {
  /** @type {OperationsView<TenantStats>} */
  const view = new OperationsView('statistics.title', () => load(place().range), ({ groups, total }) => {
    say(view.count, 'statistics.tenants', { n: groups.length });
    if (!groups.length) return [emptyState('statistics.empty', 'statistics.empty.hint')];
    const found = withCode(sorted(groups, place().sort), search.value);
    if (!found.length) return [emptyState('list.filtered', 'fleet.none')];
    const rows = found.slice(0, SHOWN);
    const note = found.length > SHOWN ? [h('p', { class: 'state-hint', t: 'statistics.first', args: { n: SHOWN } })] : [];
    return [comparison(rows, total, place().range), ...note];
  }, outcome);

  // All tenants with chats have been read: what is typed is looked for among them.
  const search = h('input', {
    class: 'input', testid: 'statistics-search', tAttrs: { placeholder: 'filter.tenant', 'aria-label': 'filter.tenant' },
    attrs: { type: 'search', maxlength: 100, autocomplete: 'off', spellcheck: 'false' }, on: { input: () => view.redraw() },
  });
  const range = choice('statistics-range', RANGES.map((value) => /** @type {const} */ ([value, `filter.range.${value}`])), 'filter.range');
  const sort = choice('statistics-sort', SORTS.map((value) => /** @type {const} */ ([value, `statistics.sort.${value}`])),
    'statistics.sort');
  const go = () => { location.hash = placeOf('statistics', { time: range.select.value, sort: sort.select.value }); };
  for (const { select } of [range, sort]) select.addEventListener('change', go);
  view.head.append(h('div', { class: 'tools' }, search, range.label, sort.label));
  return Object.assign(view, {
    showPlace: () => {
      range.select.value = place().range;
      sort.select.value = place().sort;
    },
  });
}

/** @param {TenantGroup[]} rows @param {StatsNumbers} total @param {StatisticsPlace['range']} range */
function comparison(rows, total, range) {
  const most = Math.max(...rows.map((row) => row.total.started));
  const slowest = Math.max(...rows.map((row) => row.total.answer_ms.p95 ?? 0));
  const all = { tenant_id: '', tenant_code: '', total };
  return table({
    testid: 'statistics-table', caption: 'statistics.title', rows: [...rows, all], rowId: (row) => row.tenant_id,
    columns: [
      { label: 'streams.tenant', cell: (row) => (row === all ? h('strong', { t: 'filter.tenant.all' })
        : h('a', { class: 'link strong', testid: 'statistics-tenant', attrs: { href: placeOf('tenants', {}, { id: row.tenant_id }) } },
          foreign(row.tenant_code))) },
      { label: 'tenants.chats', isNumber: true, cell: (row) => (row === all ? noBar(number(total.started))
        : bar(number(row.total.started), row.total.started, most)) },
      { label: 'fleet.failed', isNumber: true, cell: (row) => {
        const text = `${number(row.total.error)} · ${share(row.total.error, row.total.started)}`;
        return row === all || row.total.error === 0 ? noBar(text) : h('a', {
          class: 'bar-link', testid: 'statistics-failed',
          attrs: { href: hashOf(null, { ...NEWEST, filter: { ...NEWEST.filter, tenantId: row.tenant_id, status: 'error', range } }) },
        }, bar(text, row.total.error, row.total.started, 'bad'));
      } },
      { label: 'statistics.triggered', isNumber: true, cell: (row) => share(row.total.triggered, row.total.completed) },
      { label: 'statistics.p50', isNumber: true, cell: (row) => time(row.total.answer_ms.p50) },
      { label: 'statistics.p95', isNumber: true, cell: (row) => (row === all ? noBar(time(row.total.answer_ms.p95))
        : bar(time(row.total.answer_ms.p95), row.total.answer_ms.p95 ?? 0, slowest)) },
    ],
  });
}

/** @param {number | null} milliseconds */
const time = (milliseconds) => (milliseconds === null ? i18n.t('unknown') : duration(milliseconds));

/**
 * @param {string} testid
 * @param {readonly (readonly [string, import('../i18n/i18n.js').Key])[]} options
 * @param {import('../i18n/i18n.js').Key} name
 */
function choice(testid, options, name) {
  const select = h('select', { class: 'input', testid, tAttrs: { 'aria-label': name } },
    ...options.map(([value, t]) => h('option', { t, attrs: { value } })));
  return { select, label: select };
}
