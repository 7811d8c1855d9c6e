import { placeOf } from '../app/backoffice-route.js';
import { foreign, h } from './dom.js';
import { icon } from './icons.js';

/** @import { Tenants } from '../state/tenants.js' */

/**
 * That a table is of one tenant alone, and the way back to all.
 * @param {'streams' | 'blocks' | 'audit'} section
 * @param {string} id '' for all, which needs no word
 * @param {Tenants} tenants
 * @param {Record<string, string>} [rest] other filters, which stay
 */
export const tenantChip = (section, id, tenants, rest = {}) => (id === '' ? [] : [h('p', { class: 'tenant-chip', testid: 'tenant-chip' },
  h('span', { t: 'filter.tenant' }), ' ', foreign(tenants.code(id), 'strong'),
  h('a', {
    class: 'link', tAttrs: { 'aria-label': 'filter.tenant.all', title: 'filter.tenant.all' }, attrs: { href: placeOf(section, rest) },
  }, icon('close')))]);
