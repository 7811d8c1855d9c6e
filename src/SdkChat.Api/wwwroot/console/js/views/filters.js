import { NO_FILTER, RANGES, STATUSES } from '../api/chats.js';
import { number } from '../i18n/format.js';
import { h, say, setAttribute, setText } from './dom.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { Counts, TenantRow } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { Profiles } from '../state/profiles.js' */

/**
 * @typedef {object} FilterListener
 * @property {(part: Partial<ChatFilter>) => void} onFilter
 * @property {(id: string) => Promise<void>} onId an id that this page has not seen: of a chat, or of a profile
 * @property {boolean} withTenants
 */

/** What of the chats is shown. It shows the filter that the address has, and tells what the user wants of it. */
export class Filters {
  #profiles;
  #listener;
  #chosen = '';
  #suggestions = h('datalist', { attrs: { id: 'profiles' } });
  #profile = h('input', {
    class: 'input', testid: 'filter-profile', tAttrs: { placeholder: 'filter.profile.hint' },
    attrs: { id: 'profile', type: 'search', enterkeyhint: 'search', list: 'profiles', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'profile-error' },
    on: { change: () => this.#onProfile(), focus: () => this.#suggest(), keydown: (event) => { if (event.key === 'Enter') this.#onProfile(); } },
  });
  #wrong = h('span', { class: 'field-error', attrs: { id: 'profile-error', role: 'status' } });
  #tenant = h('select', { class: 'input', testid: 'filter-tenant', on: { change: () => this.#listener.onFilter({ tenantId: this.#tenant.value }) } });
  #range = choice('range', [['', 'filter.range.all'], ...RANGES.map((range) => /** @type {const} */ ([range, `filter.range.${range}`]))],
    (range) => this.#listener.onFilter({ range: /** @type {ChatFilter['range']} */ (range) }));
  #triggered = choice('triggered', [['', 'filter.triggered.all'], ['true', 'filter.triggered.true'], ['false', 'filter.triggered.false']],
    (triggered) => this.#listener.onFilter({ triggered: /** @type {ChatFilter['triggered']} */ (triggered) }));
  /** @type {Map<string, { input: HTMLInputElement, count: HTMLElement }>} */
  #segments = new Map();

  element;

  /** @param {Profiles} profiles @param {FilterListener} listener */
  constructor(profiles, listener) {
    this.#profiles = profiles;
    this.#listener = listener;
    this.element = h(
      'div', { class: 'filters', attrs: { role: 'search' }, tAttrs: { 'aria-label': 'filter.label' } },
      h('div', { class: 'filter-fields' },
        listener.withTenants && h('label', { class: 'field' }, h('span', { class: 'unseen', t: 'filter.tenant' }), this.#tenant),
        h('div', { class: 'field' },
          h('label', { class: 'unseen', t: 'filter.profile', attrs: { for: 'profile' } }), this.#profile, this.#suggestions, this.#wrong),
        h('div', { class: 'filter-choices' }, labelled('filter.range', this.#range), labelled('filter.triggered', this.#triggered))),
      h('fieldset', { class: 'segments', testid: 'filter-status' },
        h('legend', { class: 'unseen', t: 'filter.status' }),
        ...['', ...STATUSES].map((status) => this.#segment(/** @type {ChatFilter['status']} */ (status)))),
    );
    this.#tenant.append(h('option', { t: 'filter.tenant.all', attrs: { value: '' } }));
    this.show(NO_FILTER);
  }

  /** @param {Counts | null} counts of the service, whatever the status; null where they are not known */
  count(counts) {
    for (const [status, { count }] of this.#segments) {
      count.hidden = counts === null;
      if (counts) setText(count, number(counts[/** @type {keyof Counts} */ (status || 'total')]));
    }
  }

  /** @param {readonly TenantRow[]} tenants */
  offer(tenants) {
    const known = new Set([...this.#tenant.options].map((option) => option.value));
    for (const { tenant_id: id, code, name } of tenants) {
      if (!known.has(id)) this.#tenant.append(h('option', { attrs: { value: id } }, name ? `${code} — ${name}` : code));
    }
    this.#tenant.value = this.#tenantId;
  }

  #tenantId = '';

  /** @param {ChatFilter} filter */
  show({ profileId, tenantId, status, range, triggered }) {
    this.#chosen = profileId;
    this.#profile.value = profileId && this.#profiles.label(profileId);
    this.#complain(null);
    this.#tenantId = tenantId;
    this.#tenant.value = tenantId;
    this.#range.value = range;
    this.#triggered.value = triggered;
    const segment = this.#segments.get(status);
    if (segment) segment.input.checked = true;
  }

  /** Names the shopper once the name is known. */
  name() {
    if (this.#chosen && this.#profile.value === this.#chosen) this.#profile.value = this.#profiles.label(this.#chosen);
  }

  focus() {
    this.#profile.focus();
    this.#profile.select();
  }

  /** @param {ChatFilter['status']} status */
  #segment(status) {
    const count = h('span', { class: 'segment-count', testid: `count-${status || 'total'}`, attrs: { hidden: true } });
    const input = h('input', { attrs: { type: 'radio', name: 'status', value: status }, on: { change: () => this.#listener.onFilter({ status }) } });
    this.#segments.set(status, { input, count });
    return h('label', { class: 'segment', attrs: { 'data-status': status || 'all' } },
      input, h('span', { t: status ? `status.${status}` : 'filter.status.all' }), count);
  }

  #onProfile() {
    const found = this.#profiles.find(this.#profile.value);
    const id = found.length === 1 ? found[0] : null;
    this.#complain(found.length === 0 ? 'filter.profile.unknown' : id === null ? 'filter.profile.several' : null, found.length);
    if (id === null || id === this.#chosen) return;
    this.#chosen = id;
    if (id && !this.#profiles.has(id)) void this.#listener.onId(id);
    else this.#listener.onFilter({ profileId: id });
  }

  /** @param {Key | null} what @param {number} [n] */
  #complain(what, n = 0) {
    setAttribute(this.#profile, 'aria-invalid', what ? 'true' : null);
    if (what) say(this.#wrong, what, { n });
    else {
      setAttribute(this.#wrong, 'data-t', null);
      setText(this.#wrong, '');
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

/** @param {Key} label @param {HTMLElement} field */
const labelled = (label, field) => h('label', { class: 'choice' }, h('span', { class: 'unseen', t: label }), field);
