import { Problem } from '../api/problem.js';
import { placeOf } from '../app/backoffice-route.js';
import { number } from '../i18n/format.js';
import { blockDialog } from './blocks-view.js';
import { confirm } from './confirm.js';
import { foreign, h, say } from './dom.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { tenantChip } from './tenant-chip.js';
import { ago } from './time.js';

/** @import { Operations } from '../api/operations.js' */
/** @import { StreamPage, StreamRow } from '../api/types.js' */
/** @import { Tenants } from '../state/tenants.js' */
/** @import { Outcome } from './operations-view.js' */
/** @import { TenantPicker } from './tenant-picker.js' */

/** @param {string | null} text */
const code = (text) => (text ? foreign(text, 'code') : '–');

/**
 * Who is connected, with the means to end a stream, and to keep its reader out.
 * @param {Operations} operations
 * @param {() => string} tenantOf of the address; '' for all
 * @param {Tenants} tenants
 * @param {Outcome} outcome
 * @param {TenantPicker} picker
 */
export function streamsView(operations, tenantOf, tenants, outcome, picker) {
  /** @type {OperationsView<StreamPage>} */
  const view = new OperationsView('streams.title', () => operations.streams(tenantOf()), (page) => {
    const { asked, answered } = page.nodes ?? { asked: 1, answered: 1 };
    if (answered < asked) say(view.count, 'streams.partial', { n: page.total, answered, asked });
    else say(view.count, 'streams.total', { n: page.total });
    picker.show(tenantOf());
    const chip = tenantChip('streams', tenantOf(), tenants);
    if (!page.items.length) return [...chip, emptyState('streams.empty', 'streams.empty.hint')];
    return [...chip, table({
      testid: 'streams-table', caption: 'streams.title', rows: page.items, rowId: (row) => row.stream_id,
      columns: [
        { label: 'streams.tenant', cell: (row) => h('a', {
          class: 'link', testid: 'stream-tenant', attrs: { href: placeOf('tenants', {}, { id: row.tenant_id }) },
        }, foreign(row.tenant_code ?? row.tenant_id)) },
        { label: 'streams.subject', cell: (row) => code(row.subject) },
        { label: 'streams.node', cell: (row) => code(row.node) },
        { label: 'streams.since', cell: (row) => ago(row.since) },
        { label: 'streams.sent', isNumber: true, cell: (row) => number(row.sent) },
        { label: 'streams.queued', isNumber: true, cell: (row) => number(row.queued) },
        { label: 'streams.action', isAction: true, cell: buttons },
      ],
    })];
  }, outcome);

  /** @param {StreamRow} row */
  const buttons = (row) => h('span', { class: 'cell-buttons' },
    h('button', {
      class: 'button danger small', testid: 'disconnect', t: 'streams.disconnect',
      attrs: { type: 'button', 'data-stream-id': row.stream_id },
      on: { click: () => void disconnect(row) },
    }),
    row.subject !== null && h('button', {
      class: 'button danger small', testid: 'block', t: 'blocks.block', attrs: { type: 'button' },
      on: { click: () => blockDialog(operations, { tenant: row.tenant_code ?? '', subject: row.subject ?? '' },
        () => void view.refresh()) },
    }));

  /** @param {StreamRow} row */
  const disconnect = async (row) => {
    const who = row.subject ?? row.stream_id;
    if (!(await confirm('streams.confirm', { who, tenant: row.tenant_code ?? row.tenant_id }, 'streams.disconnect'))) return;
    try {
      await operations.disconnect(row.stream_id);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status !== 404) outcome.failed(problem); // gone by itself meanwhile: what was wanted
    }
    await view.refresh();
  };
  view.head.append(h('div', { class: 'tools' }, picker.element));
  return view;
}
