import { Problem } from '../api/problem.js';
import { number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { foreign, h, setAttribute, setText } from './dom.js';

/** @import { Page, TenantRow } from '../api/types.js' */

/** The service is asked once the reader has stopped typing for this long. */
const PAUSE = 250;

/** @typedef {Pick<TenantRow, 'tenant_id' | 'code' | 'name'>} Choice */

/**
 * Chooses one of any number of tenants: what is typed is searched in the service, by code and name (the combobox pattern of ARIA).
 */
export class TenantPicker {
  #parts;
  /** The tenant of the address; '' for all. */
  #id = '';
  /** @type {Choice[]} */
  #choices = [];
  #active = 0;
  /** Number of the newest search: the response to an earlier one is ignored. */
  #turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** @type {Promise<void> | null} the search that runs */
  #search = null;
  #list;
  #note = h('p', { class: 'state-hint picker-note', attrs: { role: 'status' } });
  #popup;
  #input;
  element;

  /**
   * @param {object} parts
   * @param {string} parts.testid
   * @param {(text: string) => Promise<Page<TenantRow>>} parts.find
   * @param {(id: string) => string} parts.label what a tenant is called
   * @param {(id: string) => void} parts.onChoose '' for all
   * @param {(problem: Problem) => void} parts.onProblem
   */
  constructor(parts) {
    this.#parts = parts;
    const { testid } = parts;
    this.#list = h('ul', {
      class: 'picker-list', testid: `${testid}-list`,
      attrs: { id: `${testid}-list`, role: 'listbox' }, tAttrs: { 'aria-label': 'filter.tenant' },
    });
    this.#popup = h('div', {
      class: 'card picker-popup', attrs: { hidden: true }, on: { mousedown: (event) => event.preventDefault() },
    }, this.#list, this.#note);
    this.#input = h('input', {
      class: 'input', testid, tAttrs: { placeholder: 'filter.tenant.all', 'aria-label': 'filter.tenant' },
      attrs: {
        id: testid, role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${testid}-list`,
        autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 100,
      },
      on: {
        input: () => this.#later(), click: () => this.#open(),
        keydown: (event) => this.#onKey(event), change: (event) => event.stopPropagation(),
        focus: () => this.#input.select(), blur: () => this.#close(),
      },
    });
    this.element = h('div', { class: 'picker' }, this.#input, this.#popup);
  }

  /** Shows the tenant of the address. What is being typed stays. @param {string} id */
  show(id) {
    this.#id = id;
    setAttribute(this.#input, 'data-tenant', id);
    if (this.#popup.hidden && this.#pause === undefined && !this.#search) this.#input.value = id && this.#parts.label(id);
  }

  #open() {
    if (this.#popup.hidden) void this.#find(''); // the tenant that is chosen would find itself alone
  }

  #later() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      void this.#find(this.#input.value.trim());
    }, PAUSE);
  }

  /** @param {string} text */
  #find(text) {
    const search = this.#run(text).finally(() => {
      if (this.#search === search) this.#search = null;
    });
    this.#search = search;
    return search;
  }

  /** @param {string} text */
  async #run(text) {
    const turn = ++this.#turn;
    try {
      const { items, total } = await this.#parts.find(text);
      if (turn !== this.#turn || document.activeElement !== this.#input) return;
      this.#draw(text === '' ? [{ tenant_id: '', code: '', name: '' }, ...items] : items);
      setText(this.#note, items.length < total
        ? i18n.t('tenants.found', { shown: number(items.length), n: total })
        : i18n.t(total ? 'tenants.total' : 'fleet.none', { n: total }));
    } catch (thrown) {
      this.#parts.onProblem(Problem.from(thrown));
    }
  }

  /** @param {Choice[]} choices */
  #draw(choices) {
    this.#choices = choices;
    this.#active = Math.max(0, choices.findIndex(({ tenant_id: id }) => id === this.#id));
    this.#list.replaceChildren(...choices.map((choice, index) => h('li', {
      class: 'palette-entry', testid: `${this.#parts.testid}-option`, attrs: { id: this.#idOf(index), role: 'option' },
      on: { click: () => this.#choose(choice) },
    }, choice.tenant_id ? foreign(choice.code, 'strong') : h('span', { t: 'filter.tenant.all' }),
      choice.name && choice.name !== choice.code ? foreign(choice.name, 'fleet-about') : null)));
    this.#popup.hidden = false;
    setAttribute(this.#input, 'aria-expanded', 'true');
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((item, index) => setAttribute(item, 'aria-selected', String(index === this.#active)));
    setAttribute(this.#input, 'aria-activedescendant', this.#choices.length ? this.#idOf(this.#active) : null);
    this.#list.children[this.#active]?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {number} index */
  #idOf(index) {
    return `${this.#parts.testid}-${index}`;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const isOpen = !this.#popup.hidden;
    if (step !== 0 && !isOpen) this.#open();
    else if (step !== 0 && this.#choices.length) {
      this.#active = (this.#active + step + this.#choices.length) % this.#choices.length;
      this.#mark();
    } else if (event.key === 'Enter') void this.#enter();
    else if (event.key === 'Escape' && isOpen) this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation(); // Escape would close the open chat as well
  }

  /** Enter chooses of what was typed, also where the search has not begun or ended yet. */
  async #enter() {
    if (this.#pause !== undefined) {
      clearTimeout(this.#pause);
      this.#pause = undefined;
      void this.#find(this.#input.value.trim());
    }
    await this.#search;
    const choice = this.#popup.hidden ? undefined : this.#choices[this.#active];
    if (choice) this.#choose(choice);
  }

  /** @param {Choice} choice */
  #choose({ tenant_id: id }) {
    this.#id = id;
    this.#close();
    this.#parts.onChoose(id);
  }

  #close() {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#search = null;
    this.#turn++;
    this.#popup.hidden = true;
    setAttribute(this.#input, 'aria-expanded', 'false');
    setAttribute(this.#input, 'aria-activedescendant', null);
    this.show(this.#id);
  }
}
