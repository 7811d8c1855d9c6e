import { NO_FILTER, RANGES, STATUSES } from '../api/chats.js';
import { LONGEST_QUERY } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';
import { number } from '../i18n/format.js';
import { h, setAttribute, setText } from './dom.js';
import { filterWords, rangeWords } from './filter-words.js';
import { icon } from './icons.js';
import { TenantPicker } from './tenant-picker.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { ChatStatus, Counts } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { Profiles } from '../state/profiles.js' */

/**
 * @typedef {object} FilterListener
 * @property {(part: Partial<ChatFilter>) => void} onFilter
 * @property {(id: string) => Promise<void>} onId an id: of a chat, a profile or a session
 * @property {() => void} onViews
 * @property {TenantChoices | null} tenants null where there is one tenant alone
 *
 * @typedef {Pick<ConstructorParameters<typeof TenantPicker>[0], 'find' | 'label' | 'onProblem'>} TenantChoices
 */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which chats are shown. It displays the filter of the address, and reports what the user chooses. */
export class Filters {
  #profiles;
  #listener;
  #q = '';
  #profileId = '';
  #suggestions = h('datalist', { attrs: { id: 'profiles' } });
  #search = h('input', {
    class: 'input', testid: 'search', tAttrs: { placeholder: 'search.hint' },
    attrs: {
      id: 'search', type: 'search', enterkeyhint: 'search', list: 'profiles',
      autocomplete: 'off', spellcheck: 'false', maxlength: LONGEST_QUERY,
    },
    on: {
      change: () => this.#onSearch(), search: () => this.#onSearch(), focus: () => this.#suggest(),
      keydown: (event) => { if (event.key === 'Enter') this.#onSearch(); },
    },
  });
  #shopperName = h('bdi', { attrs: { dir: 'auto' } });
  #shopperLink = h('a', { class: 'person-link', testid: 'filter-shopper-page' }, this.#shopperName);
  #shopper = h('p', { class: 'chip', testid: 'filter-shopper', attrs: { hidden: true } },
    h('span', { t: 'filter.shopper' }), ' ', this.#shopperLink,
    h('button', {
      class: 'chip-close', testid: 'filter-shopper-clear', tAttrs: { 'aria-label': 'filter.shopper.clear', title: 'filter.shopper.clear' },
      attrs: { type: 'button' }, on: { click: () => { this.#search.focus(); this.#listener.onFilter({ profileId: '' }); } },
    }, icon('close')));
  /** @type {TenantPicker | null} */
  #tenant = null;
  #range = choice('range', [['', 'filter.range.all'], ...RANGES.map((range) => /** @type {const} */ ([range, `filter.range.${range}`]))],
    (range) => this.#listener.onFilter({ range }));
  #triggered = choice('triggered', [['', 'filter.triggered.all'], ['true', 'filter.triggered.true'], ['false', 'filter.triggered.false']],
    (triggered) => this.#listener.onFilter({ triggered: /** @type {ChatFilter['triggered']} */ (triggered) }));
  /** @type {Map<string, { input: HTMLInputElement, count: HTMLElement }>} */
  #segments = new Map();

  element;

  /** @param {Profiles} profiles @param {FilterListener} listener */
  constructor(profiles, listener) {
    this.#profiles = profiles;
    this.#listener = listener;
    if (listener.tenants) {
      this.#tenant = new TenantPicker({
        ...listener.tenants, testid: 'filter-tenant', onChoose: (tenantId) => listener.onFilter({ tenantId }),
      });
    }
    this.element = h(
      'div', { class: 'filters', attrs: { role: 'search' }, tAttrs: { 'aria-label': 'filter.label' } },
      h('div', { class: 'filter-fields' },
        this.#tenant && h('div', { class: 'field' }, this.#tenant.element),
        h('div', { class: 'field' },
          h('label', { class: 'unseen', t: 'search.label', attrs: { for: 'search' } }), this.#search, this.#suggestions),
        h('button', {
          class: 'button icon-button', testid: 'views', tAttrs: { 'aria-label': 'views.title', title: 'views.title' },
          attrs: { type: 'button' }, on: { click: listener.onViews },
        }, icon('star')),
        h('div', { class: 'filter-choices' }, labelled('filter.range', this.#range),
          labelled('filter.triggered', this.#triggered, 'backlist.meaning'))),
      this.#shopper,
      h('fieldset', { class: 'segments', testid: 'filter-status' },
        h('legend', { class: 'unseen', t: 'filter.status' }),
        ...['', ...STATUSES].map((status) => this.#segment(/** @type {ChatFilter['status']} */ (status)))),
    );
    this.show(NO_FILTER);
  }

  /** @param {Counts | null} counts of the service, whatever the status; null where they are not known */
  count(counts) {
    for (const [status, { count }] of this.#segments) {
      count.hidden = counts === null;
      if (counts) setText(count,
        `${number(counts[/** @type {ChatStatus | 'total'} */ (status || 'total')])}${counts.total_is_lower_bound ? '+' : ''}`);
    }
  }

  /** Names the tenant, with its name once it is known. */
  nameTenant() {
    this.#tenant?.show(this.#tenantId);
  }

  #tenantId = '';

  /** @param {ChatFilter} filter */
  show({ q, profileId, tenantId, status, range, triggered }) {
    this.#q = q;
    this.#search.value = q;
    this.#profileId = profileId;
    this.#shopper.hidden = profileId === '';
    this.name();
    this.#tenantId = tenantId;
    this.nameTenant();
    this.#showRange(range);
    this.#triggered.value = triggered;
    const segment = this.#segments.get(status);
    if (segment) segment.input.checked = true;
  }

  /** Names the shopper, with the name once it is known. */
  name() {
    setText(this.#shopperName, this.#profileId && this.#profiles.label(this.#profileId));
    setAttribute(this.#shopperLink, 'href', this.#profileId && shopperPageHash(this.#profileId));
  }

  /** What a filter asks for, in words. @param {ChatFilter} filter */
  words(filter) {
    return filterWords(filter, (id) => this.#profiles.label(id));
  }

  focus() {
    this.#search.focus();
    this.#search.select();
  }

  /** A single day is an option only while it is chosen. @param {string} range */
  #showRange(range) {
    for (const option of [...this.#range.options]) if (!option.dataset.t && option.value !== range) option.remove();
    this.#range.value = range;
    if (this.#range.value === range) return;
    this.#range.append(h('option', { attrs: { value: range } }, rangeWords(range)));
    this.#range.value = range;
  }

  /** @param {ChatFilter['status']} status */
  #segment(status) {
    const count = h('span', { class: 'segment-count', testid: `count-${status || 'total'}`, attrs: { hidden: true } });
    const input = h('input', {
      attrs: { type: 'radio', name: 'status', value: status }, on: { change: () => this.#listener.onFilter({ status }) },
    });
    this.#segments.set(status, { input, count });
    return h('label', { class: 'segment', attrs: { 'data-status': status || 'all' } },
      input, h('span', { t: status ? `status.${status}` : 'filter.status.all' }), count);
  }

  /** A label names one shopper, an id one thing; all else is text for the service. */
  #onSearch() {
    const text = this.#search.value.trim();
    const known = text && this.#profiles.find(text);
    if (known) {
      this.#search.value = '';
      this.#listener.onFilter({ profileId: known, q: '' });
    } else if (UUID.test(text)) {
      if (text.toLowerCase() !== this.#q) void this.#listener.onId(text.toLowerCase());
    } else if (text !== this.#q) {
      this.#listener.onFilter({ q: text });
    }
  }

  #suggest() {
    this.#suggestions.replaceChildren(...this.#profiles.labels.map((label) => h('option', { attrs: { value: label } })));
  }
}

/**
 * @param {string} name
 * @param {readonly (readonly [string, Key])[]} options
 * @param {(value: string) => void} onChange
 */
function choice(name, options, onChange) {
  const select = h('select', { class: 'input', testid: `filter-${name}`, on: { change: () => onChange(select.value) } },
    ...options.map(([value, t]) => h('option', { t, attrs: { value } })));
  return select;
}

/** @param {Key} label @param {HTMLElement} field @param {Key} [meaning] */
const labelled = (label, field, meaning) => h('label', { class: 'choice', tAttrs: meaning && { title: meaning } },
  h('span', { class: 'unseen', t: label }), field);
