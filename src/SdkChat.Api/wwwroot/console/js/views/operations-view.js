import { Problem } from '../api/problem.js';
import { h, setAttribute } from './dom.js';
import { patch } from './patch.js';
import { emptyState, errorState, loadingState } from './states.js';

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
  /** Reads that have begun: an answer that another read has overtaken is not shown. */
  #turn = 0;
  /** Changes where the same data is drawn differently: a tenant's code has become known, or the address has other filters. */
  #version = 0;
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

  /** Other rows are wanted from now on: those that are shown are old. */
  reset() {
    this.#turn++;
    this.#version++;
    setAttribute(this.element, 'aria-busy', true);
    return this.refresh();
  }

  async refresh() {
    const turn = ++this.#turn;
    try {
      const data = await this.#load();
      if (turn !== this.#turn) return;
      this.data = data;
      this.#problem = null;
      this.#outcome.ok();
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#problem = Problem.from(thrown);
      if (this.#problem.status === 403) this.data = null;
      this.#outcome.failed(this.#problem);
    }
    this.render();
  }

  /** Rows say more than they did, although they are the same. */
  redraw() {
    this.#version++;
    this.render();
  }

  render() {
    const [data, problem] = [this.data, this.#problem];
    if (data === null && problem === null) return;
    setAttribute(this.element, 'aria-busy', null);
    const focused = placeOf(document.activeElement);
    patch(this.#body, [data, problem?.status, problem?.code, this.#version], () => {
      // A service that does not offer this says 404, and has nothing wrong with it.
      if (problem?.status === 404) return [emptyState('operations.missing', 'operations.missing.hint')];
      if (problem && data === null) return [errorState(problem, () => void this.refresh())];
      return data === null ? [] : this.#draw(data);
    });
    if (focused && document.activeElement === document.body) focusOn(this.#body, focused);
  }
}

/** What a row's button or link is called, so that its successor gets the focus after a read. @param {Element | null} element */
function placeOf(element) {
  const row = element?.closest('[data-row]')?.getAttribute('data-row');
  return row ? { row, testid: element?.getAttribute('data-testid') ?? '' } : null;
}

/** @param {Element} body @param {{ row: string, testid: string }} place */
function focusOn(body, { row, testid }) {
  const element = body.querySelector(`[data-row="${CSS.escape(row)}"] [data-testid="${CSS.escape(testid)}"]`);
  if (element instanceof HTMLElement) element.focus();
}
