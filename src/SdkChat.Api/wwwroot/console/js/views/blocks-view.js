import { Problem } from '../api/problem.js';
import { placeOf } from '../app/backoffice-route.js';
import { confirm } from './confirm.js';
import { foreign, h, say } from './dom.js';
import { field, formDialog } from './form-dialog.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';
import { table } from './table.js';
import { tenantChip } from './tenant-chip.js';
import { ago, moment } from './time.js';

/** @import { Operations } from '../api/operations.js' */
/** @import { BlockRow, Page } from '../api/types.js' */
/** @import { Tenants } from '../state/tenants.js' */
/** @import { Outcome } from './operations-view.js' */
/** @import { TenantPicker } from './tenant-picker.js' */

const HOUR = 3_600_000;
/** How long a block lasts, in hours. */
const LASTS = /** @type {const} */ ([1, 24, 168, 720, 8760]);

/**
 * Who is kept out, and until when.
 * @param {Operations} operations
 * @param {() => string} tenantOf of the address; '' for all
 * @param {Tenants} tenants
 * @param {Outcome} outcome
 * @param {TenantPicker} picker
 */
export function blocksView(operations, tenantOf, tenants, outcome, picker) {
  /** @type {OperationsView<Page<BlockRow>>} */
  const view = new OperationsView('blocks.title', () => operations.blocks(tenantOf()), (page) => {
    say(view.count, 'blocks.total', { n: page.total });
    picker.show(tenantOf());
    const chip = tenantChip('blocks', tenantOf(), tenants);
    if (!page.items.length) return [...chip, emptyState('blocks.empty', 'blocks.empty.hint')];
    return [...chip, table({
      testid: 'blocks-table', caption: 'blocks.title', rows: page.items, rowId: (row) => row.block_id,
      columns: [
        { label: 'streams.tenant', cell: (row) => h('a', { class: 'link', attrs: { href: placeOf('tenants', {}, { id: row.tenant_id }) } },
          foreign(tenants.code(row.tenant_id))) },
        { label: 'blocks.subject', cell: (row) => foreign(row.subject, 'code') },
        { label: 'blocks.until', cell: (row) => moment(row.until) },
        { label: 'blocks.reason', cell: (row) => foreign(row.reason) },
        { label: 'blocks.by', cell: (row) => h('span', null,
          row.created_by === null ? '–' : foreign(row.created_by, 'code'), ' · ', ago(row.created_at)) },
        { label: 'streams.action', isAction: true, cell: (row) => h('button', {
          class: 'button small', testid: 'unblock', t: 'blocks.unblock', attrs: { type: 'button' }, on: { click: () => void unblock(row) },
        }) },
      ],
    })];
  }, outcome);

  /** @param {BlockRow} row */
  const unblock = async (row) => {
    if (!(await confirm('blocks.unblock.confirm', { who: row.subject, tenant: tenants.code(row.tenant_id) }, 'blocks.unblock'))) return;
    try {
      await operations.unblock(row.block_id);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status !== 404) outcome.failed(problem); // removed meanwhile: what was wanted
    }
    await view.refresh();
  };

  view.head.append(h('div', { class: 'tools' }, picker.element, h('button', {
    class: 'button', testid: 'block-new', t: 'blocks.new', attrs: { type: 'button' },
    on: { click: () => blockDialog(operations, { tenant: tenants.get(tenantOf())?.code ?? '', subject: '' }, () => void view.refresh()) },
  })));
  return view;
}

/**
 * Keeps a tenant's user out for a time.
 * @param {Operations} operations
 * @param {{ tenant: string, subject: string }} known
 * @param {() => void} onDone
 */
export function blockDialog(operations, known, onDone) {
  const tenant = field('blocks.tenant', 'block-tenant', { value: known.tenant, spellcheck: 'false', autocapitalize: 'none' });
  const subject = field('blocks.subject', 'block-subject', { value: known.subject, spellcheck: 'false', autocapitalize: 'none' });
  const reason = field('blocks.reason', 'block-reason', { maxlength: 500 });
  const lasts = h('select', { class: 'input', testid: 'block-lasts', attrs: { id: 'block-lasts' } },
    ...LASTS.map((hours) => h('option', { t: `blocks.lasts.${hours}`, attrs: { value: hours } })));
  lasts.value = '24';
  formDialog({
    testid: 'block-person', title: 'blocks.new', action: 'blocks.block', danger: true,
    refused: { TENANT_NOT_FOUND: 'blocks.unknown-tenant' },
    fields: [
      h('p', { class: 'state-hint', t: 'blocks.new.hint' }), ...tenant.elements, ...subject.elements,
      h('label', { class: 'label', t: 'blocks.lasts', attrs: { for: 'block-lasts' } }), lasts, ...reason.elements,
    ],
    submit: async () => {
      const found = await operations.tenant(tenant.input.value.trim());
      if (found === null) throw new Problem(404, 'TENANT_NOT_FOUND', tenant.input.value.trim());
      await operations.block({
        tenant_id: found.tenant_id, subject: subject.input.value, until: new Date(Date.now() + Number(lasts.value) * HOUR).toISOString(),
        reason: reason.input.value,
      });
      onDone();
    },
  });
  (known.subject ? reason : tenant).input.focus();
}
