import { hashOf, NEWEST } from '../app/route.js';
import { placeOf } from '../app/backoffice-route.js';
import { i18n } from '../i18n/i18n.js';
import { copyButton } from './copy.js';
import { foreign, h } from './dom.js';
import { eraseDialog } from './erase-dialog.js';
import { field, formDialog } from './form-dialog.js';
import { OperationsView } from './operations-view.js';
import { emptyState } from './states.js';

/** @import { Operations } from '../api/operations.js' */
/** @import { TenantRow } from '../api/types.js' */
/** @import { Outcome } from './operations-view.js' */

/**
 * One tenant: what it is called, whether its callers are let in, and where its things are.
 * @param {Operations} operations
 * @param {() => Promise<TenantRow | null>} load the tenant of the address
 * @param {(tenant: TenantRow) => void} onChanged
 * @param {Outcome} outcome
 */
export function tenantView(operations, load, onChanged, outcome) {
  /** @type {OperationsView<{ tenant: TenantRow | null }>} */
  const view = new OperationsView('tenants.one', async () => ({ tenant: await load() }), ({ tenant }) => (
    tenant === null ? [emptyState('tenants.unknown', 'tenants.unknown.hint')] : [facts(tenant), buttons(tenant)]), outcome);

  /** @param {TenantRow} tenant @param {{ name?: string, enabled?: boolean }} change */
  const change = async (tenant, change) => {
    onChanged(await operations.changeTenant(tenant.tenant_id, change));
    await view.refresh();
  };
  /** @param {TenantRow} tenant */
  const rename = (tenant) => {
    const name = field('tenants.name', 'tenant-name', { maxlength: 200, value: tenant.name });
    formDialog({
      testid: 'rename', title: 'tenants.rename', action: 'tenants.rename',
      fields: name.elements, submit: () => change(tenant, { name: name.input.value }),
    });
  };
  /** @param {TenantRow} tenant */
  const toggle = (tenant) => formDialog({
    testid: 'toggle', title: tenant.enabled ? 'tenants.disable' : 'tenants.enable',
    action: tenant.enabled ? 'tenants.disable' : 'tenants.enable', danger: tenant.enabled,
    fields: [h('p', { t: tenant.enabled ? 'tenants.disable.hint' : 'tenants.enable.hint', args: { name: tenant.name } })],
    submit: () => change(tenant, { enabled: !tenant.enabled }),
  });
  /** @param {TenantRow} tenant */
  const buttons = (tenant) => h('div', { class: 'tools' },
    h('button', {
      class: 'button', testid: 'tenant-rename', t: 'tenants.rename', attrs: { type: 'button' }, on: { click: () => rename(tenant) },
    }),
    h('button', {
      class: `button ${tenant.enabled ? 'danger' : ''}`, testid: 'tenant-toggle',
      t: tenant.enabled ? 'tenants.disable' : 'tenants.enable', attrs: { type: 'button' },
      on: { click: () => toggle(tenant) },
    }),
    h('button', {
      class: 'button danger', testid: 'tenant-erase', t: 'erase.title', attrs: { type: 'button' },
      on: { click: () => eraseDialog(operations, { tenantId: tenant.tenant_id }, () => {}) },
    }));
  view.head.prepend(h('a', { class: 'link', t: 'tenants.back', attrs: { href: placeOf('tenants') } }));
  return view;
}

/** @param {TenantRow} tenant */
const facts = (tenant) => h('div', { class: 'tenant-facts', testid: 'tenant' },
  h('p', { class: 'tenant-title' }, foreign(tenant.name, 'strong'), ' ',
    h('span', { class: 'tag', testid: 'tenant-state', attrs: { 'data-on': String(tenant.enabled) } },
      i18n.t(tenant.enabled ? 'tenants.enabled' : 'tenants.disabled'))),
  h('p', { class: 'muted' }, foreign(tenant.code, 'code'), ' · ', foreign(tenant.tenant_id, 'code'), ' ',
    copyButton('copy.id', 'tenant-copy', () => tenant.tenant_id)),
  h('p', { class: 'links' },
    h('a', {
      class: 'link', t: 'nav.chats', testid: 'tenant-chats',
      attrs: { href: hashOf(null, { ...NEWEST, filter: { ...NEWEST.filter, tenantId: tenant.tenant_id } }) },
    }),
    ...(/** @type {const} */ (['streams', 'blocks', 'audit'])).map((section) => h('a', {
      class: 'link', t: `nav.${section}`, testid: `tenant-${section}`, attrs: { href: placeOf(section, { tenant: tenant.tenant_id }) },
    }))));

/**
 * Takes a new shop in.
 * @param {Operations} operations
 * @param {(tenant: TenantRow) => void} onAdded
 */
export function newTenantDialog(operations, onAdded) {
  const code = field('tenants.code', 'tenant-code', {
    maxlength: 63, spellcheck: 'false', autocapitalize: 'none', 'aria-describedby': 'tenant-code-hint',
  });
  const name = field('tenants.name', 'tenant-name', { maxlength: 200 });
  formDialog({
    testid: 'new-tenant', title: 'tenants.new', action: 'tenants.add',
    refused: { VALIDATION_FAILED: 'tenants.refused', TENANT_EXISTS: 'tenants.taken' },
    fields: [
      ...code.elements, h('p', { class: 'state-hint', t: 'tenants.code.hint', attrs: { id: 'tenant-code-hint' } }), ...name.elements,
    ],
    submit: async () => onAdded(await operations.addTenant(code.input.value.trim(), name.input.value)),
  });
}
