import { Problem } from '../api/problem.js';
import { number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { confirm } from './confirm.js';
import { foreign, h, say } from './dom.js';
import { patch } from './patch.js';
import { emptyState, errorState, loadingState } from './states.js';
import { table } from './table.js';
import { ago } from './time.js';

/** @import { Operations } from '../api/operations.js' */
/** @import { StreamPage, StreamRow, TenantRow } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/**
 * How reads went.
 * @typedef {object} Outcome
 * @property {() => void} ok
 * @property {(problem: Problem) => void} failed
 */

/**
 * A table that is read again and again while it is looked at.
 * @template T
 */
export class OperationsView {
  #load;
  #draw;
  #outcome;
  #body = h('div', { class: 'operations-body scroll' }, loadingState(5));
  /** @type {T | null} */
  data = null;
  /** @type {Problem | null} */
  #problem = null;
  count = h('span', { class: 'total' });
  head;
  element;

  /**
   * @param {Key} title
   * @param {() => Promise<T>} load
   * @param {(data: T) => Node[]} draw
   * @param {Outcome} outcome
   */
  constructor(title, load, draw, outcome) {
    this.#load = load;
    this.#draw = draw;
    this.#outcome = outcome;
    this.head = h('div', { class: 'card-head' }, h('h2', { t: title }), this.count);
    this.element = h('section', { class: 'card operations', attrs: { hidden: true } }, this.head, this.#body);
  }

  async refresh() {
    try {
      this.data = await this.#load();
      this.#problem = null;
      this.#outcome.ok();
    } catch (thrown) {
      this.#problem = Problem.from(thrown);
      if (this.#problem.status === 403) this.data = null;
      this.#outcome.failed(this.#problem);
    }
    this.render();
  }

  render() {
    const [data, problem] = [this.data, this.#problem];
    if (data === null && problem === null) return;
    patch(this.#body, [data, problem?.status, problem?.code], () => {
      // A service that does not offer this says 404, and has nothing wrong with it.
      if (problem?.status === 404) return [emptyState('operations.missing', 'operations.missing.hint')];
      if (problem && data === null) return [errorState(problem, () => void this.refresh())];
      return data === null ? [] : this.#draw(data);
    });
  }
}

/** @param {string | null} text */
const code = (text) => (text ? foreign(text, 'code') : '–');

/**
 * Who is connected, with the means to end it.
 * @param {Operations} operations
 * @param {Outcome} outcome
 */
export function streamsView(operations, outcome) {
  /** @type {OperationsView<StreamPage>} */
  const view = new OperationsView('streams.title', () => operations.streams(), (page) => {
    const { asked, answered } = page.nodes ?? { asked: 1, answered: 1 };
    if (answered < asked) say(view.count, 'streams.partial', { n: page.total, answered, asked });
    else say(view.count, 'streams.total', { n: page.total });
    if (!page.items.length) return [emptyState('streams.empty', 'streams.empty.hint')];
    return [table({
      testid: 'streams-table', caption: 'streams.title', rows: page.items,
      columns: [
        { label: 'streams.tenant', cell: (row) => foreign(row.tenant_code ?? row.tenant_id) },
        { label: 'streams.subject', cell: (row) => code(row.subject) },
        { label: 'streams.node', cell: (row) => code(row.node) },
        { label: 'streams.since', cell: (row) => ago(row.since) },
        { label: 'streams.sent', isNumber: true, cell: (row) => number(row.sent) },
        { label: 'streams.queued', isNumber: true, cell: (row) => number(row.queued) },
        { label: 'streams.action', cell: (row) => disconnectButton(row) },
      ],
    })];
  }, outcome);

  /** @param {StreamRow} row */
  const disconnectButton = (row) => h('button', {
    class: 'button danger small', testid: 'disconnect', t: 'streams.disconnect', attrs: { type: 'button', 'data-stream-id': row.stream_id },
    on: { click: () => void disconnect(row) },
  });

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
  return view;
}

/**
 * All tenants.
 * @param {() => Promise<TenantRow[]>} load
 * @param {Outcome} outcome
 * @param {(tenantId: string) => void} onChats shows the chats of one
 */
export function tenantsView(load, outcome, onChats) {
  /** @type {OperationsView<TenantRow[]>} */
  const view = new OperationsView('tenants.title', load, (tenants) => {
    say(view.count, 'tenants.total', { n: tenants.length });
    if (!tenants.length) return [emptyState('tenants.empty', 'tenants.empty.hint')];
    return [table({
      testid: 'tenants-table', caption: 'tenants.title', rows: tenants,
      columns: [
        { label: 'tenants.code', cell: (row) => foreign(row.code, 'strong') },
        { label: 'tenants.name', cell: (row) => foreign(row.name) },
        { label: 'tenants.state', cell: (row) => h('span', { class: 'tag', attrs: { 'data-on': String(row.enabled) } }, i18n.t(row.enabled ? 'tenants.enabled' : 'tenants.disabled')) },
        { label: 'tenants.id', cell: (row) => code(row.tenant_id) },
        { label: 'tenants.chats', cell: (row) => h('button', { class: 'link', t: 'tenants.show-chats', attrs: { type: 'button' }, on: { click: () => onChats(row.tenant_id) } }) },
      ],
    })];
  }, outcome);
  return view;
}
