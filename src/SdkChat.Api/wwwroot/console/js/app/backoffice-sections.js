import { h } from '../views/dom.js';
import { auditView } from '../views/audit-view.js';
import { blocksView } from '../views/blocks-view.js';
import { fleetView } from '../views/fleet-view.js';
import { RANGES, statisticsView } from '../views/statistics-view.js';
import { streamsView } from '../views/streams-view.js';
import { TenantPicker } from '../views/tenant-picker.js';
import { newTenantDialog, tenantView } from '../views/tenant-view.js';
import { SORTS } from '../state/fleet.js';
import { isId, placeOf, readPlace } from './backoffice-route.js';

/** @import { Operations } from '../api/operations.js' */
/** @import { Tenants } from '../state/tenants.js' */
/** @import { Outcome } from '../views/operations-view.js' */
/** @import { OperationsView } from '../views/operations-view.js' */

/** The service's limit for a text. */
const LONGEST = 100;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The backoffice's tables. The address says which of them is shown, and what of it.
 * @param {object} parts
 * @param {Operations} parts.operations
 * @param {Tenants} parts.tenants
 * @param {import('../views/filters.js').TenantChoices} parts.choices
 * @param {Outcome} parts.outcome
 * @param {(range: 'today' | '7d' | '30d') => string} parts.from where a range begins
 * @param {(id: string) => OperationsView<any>[]} parts.owned the tables of one tenant: its keys, its screens
 */
export function sections({ operations, tenants, choices, outcome, from, owned }) {
  const at = () => readPlace(location.hash);
  /** @param {string} name @param {(value: string) => boolean} isValid */
  const read = (name, isValid) => {
    const value = at().query.get(name) ?? '';
    return isValid(value) ? value : '';
  };
  const tenant = () => read('tenant', isId);
  const fleetPlace = () => ({ name: read('name', (name) => name === name.trim() && name.length <= LONGEST), page: at().page });
  const auditPlace = () => ({
    filter: {
      subject: read('subject', (text) => text.length <= 2 * LONGEST), action: read('action', (text) => /^[a-z_]{1,40}$/.test(text)),
      from: read('from', (text) => DAY.test(text)), to: read('to', (text) => DAY.test(text)), tenant: tenant(),
    },
    page: at().page,
  });
  const statisticsPlace = () => ({
    range: RANGES.find((range) => range === at().query.get('time')) ?? '7d',
    sort: SORTS.find((sort) => sort === at().query.get('sort')) ?? 'chats',
  });

  /** @param {'streams' | 'blocks' | 'audit'} section @param {() => Record<string, string>} [filters] others, which stay */
  const picker = (section, filters = () => ({})) => new TenantPicker({
    ...choices, testid: `${section}-tenant`, onChoose: (id) => { location.hash = placeOf(section, { ...filters(), tenant: id }); },
  });

  const fleet = fleetView({
    load: async () => {
      const page = await operations.fleet({ ...fleetPlace(), from: from('today') });
      tenants.learn(page.items);
      return page;
    },
    place: fleetPlace, outcome,
    isTenant: async (id) => (await operations.tenants([id])).length > 0,
    onNew: () => newTenantDialog(operations, (added) => {
      tenants.learn([added]);
      location.hash = placeOf('tenants', {}, { id: added.tenant_id });
    }),
  });
  const one = tenantView(operations, async () => {
    const found = (await operations.tenants([at().id ?? '']))[0] ?? null;
    if (found) tenants.learn([found]);
    return found;
  }, (changed) => tenants.learn([changed]), outcome);
  /** @type {{ id: string, views: OperationsView<any>[] } | null} */
  let ownedShown = null;
  const ownedPlace = h('div', { class: 'tenant-keys' });
  const onePage = h('div', { class: 'tenant-page', attrs: { hidden: true } }, one.element, ownedPlace);
  one.element.hidden = false;

  const statistics = statisticsView((range) => operations.stats(from(range)), statisticsPlace, outcome);
  const audit = auditView((filter, page) => operations.audit({
    subject: filter.subject, action: filter.action, tenant_id: filter.tenant, page,
    from: filter.from && midnight(filter.from, 0), to: filter.to && midnight(filter.to, 1),
  }), auditPlace, tenants, outcome, picker('audit', () => ({ ...auditPlace().filter })));
  const views = {
    tenants: fleet, statistics, audit,
    streams: streamsView(operations, tenant, tenants, outcome, picker('streams')),
    blocks: blocksView(operations, tenant, tenants, outcome, picker('blocks')),
  };

  const showOwned = () => {
    const { id } = at();
    if (id && ownedShown?.id !== id) {
      ownedShown = { id, views: owned(id) };
      for (const view of ownedShown.views) view.element.hidden = false;
      ownedPlace.replaceChildren(...ownedShown.views.map((view) => view.element));
    }
    for (const view of ownedShown?.views ?? []) void view.reset();
  };
  const isOne = () => at().section === 'tenants' && at().id !== null;

  return {
    elements: [...Object.values(views).map((view) => view.element), onePage],
    /** Shows what the address says, and reads it. */
    show() {
      const { section } = at();
      onePage.hidden = !isOne();
      for (const [name, view] of Object.entries(views)) view.element.hidden = name !== section || isOne();
      for (const view of [fleet, statistics, audit]) view.showPlace();
      if (isOne()) {
        void one.reset();
        showOwned();
      } else if (section !== 'chats' && section !== 'shoppers') void views[section].reset();
    },
    /** Reads the shown table again, except statistics and the audit trail: those are read when they are opened. */
    refresh() {
      const { section } = at();
      if (isOne()) {
        void one.refresh();
        for (const view of ownedShown?.views ?? []) void view.refresh();
      } else if (section === 'tenants' || section === 'streams' || section === 'blocks') void views[section].refresh();
    },
    render() {
      for (const view of [...Object.values(views), one, ...(ownedShown?.views ?? [])]) view.render();
    },
    /** Codes of tenants have become known. */
    redraw() {
      for (const view of [views.audit, views.blocks, views.streams]) view.redraw();
    },
  };
}

/** The first instant of a day of the reader's own time zone. @param {string} day @param {number} later days */
function midnight(day, later) {
  const [year, month, date] = day.split('-').map(Number);
  const instant = new Date(year, month - 1, date + later);
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
}
