import { h, say, setAttribute, setText } from './dom.js';

/** @import { ChatStatus, TenantRow } from '../api/types.js' */
/** @import { Profiles } from '../state/profiles.js' */

/** @type {readonly (ChatStatus | '')[]} */
const STATUSES = ['', 'in_progress', 'completed', 'error', 'ended'];

/**
 * @typedef {object} FilterListener
 * @property {(status: ChatStatus | '') => void} onStatus
 * @property {(profileId: string) => void} onProfile
 * @property {(id: string) => Promise<void>} onId an id that this page has not seen: of a chat, or of a profile
 * @property {((tenantId: string) => void) | null} onTenant
 */

/** What of the chats is shown. Profile and tenant ask the service anew; the status chooses among the rows that are there. */
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
  #tenant = h('select', { class: 'input', testid: 'filter-tenant', on: { change: () => this.#listener.onTenant?.(this.#tenant.value) } });

  element;

  /** @param {Profiles} profiles @param {FilterListener} listener */
  constructor(profiles, listener) {
    this.#profiles = profiles;
    this.#listener = listener;
    this.element = h(
      'div', { class: 'filters', attrs: { role: 'search' }, tAttrs: { 'aria-label': 'filter.label' } },
      h('div', { class: 'filter-fields' },
        listener.onTenant && h('label', { class: 'field' }, h('span', { class: 'unseen', t: 'filter.tenant' }), this.#tenant),
        h('div', { class: 'field' },
          h('label', { class: 'unseen', t: 'filter.profile', attrs: { for: 'profile' } }), this.#profile, this.#suggestions, this.#wrong)),
      h('fieldset', { class: 'segments', testid: 'filter-status' },
        h('legend', { class: 'unseen', t: 'filter.status' }),
        ...STATUSES.map((status) => this.#segment(status))),
    );
    this.#tenant.append(h('option', { t: 'filter.tenant.all', attrs: { value: '' } }));
  }

  /** @param {readonly TenantRow[]} tenants */
  offer(tenants) {
    const chosen = this.#tenant.value;
    const known = new Set([...this.#tenant.options].map((option) => option.value));
    for (const { tenant_id: id, code, name } of tenants) {
      if (!known.has(id)) this.#tenant.append(h('option', { attrs: { value: id } }, name ? `${code} — ${name}` : code));
    }
    this.#tenant.value = chosen;
  }

  /** @param {string} profileId '' for all */
  showProfile(profileId) {
    this.#chosen = profileId;
    this.#profile.value = profileId && this.#profiles.label(profileId);
    this.#complain(null);
  }

  /** @param {string} tenantId '' for all */
  showTenant(tenantId) {
    this.#tenant.value = tenantId;
  }

  /** Everything again. */
  clear() {
    this.showProfile('');
    this.showTenant('');
    const all = this.element.querySelector('input[value=""]');
    if (all instanceof HTMLInputElement) all.checked = true;
  }

  /** @param {ChatStatus | ''} status */
  #segment(status) {
    return h(
      'label', { class: 'segment', attrs: { 'data-status': status || 'all' } },
      h('input', {
        attrs: { type: 'radio', name: 'status', value: status, checked: status === '' },
        on: { change: () => this.#listener.onStatus(status) },
      }),
      h('span', { t: status ? `status.${status}` : 'filter.status.all' }),
    );
  }

  #onProfile() {
    const found = this.#profiles.find(this.#profile.value);
    const id = found.length === 1 ? found[0] : null;
    this.#complain(found.length === 0 ? 'filter.profile.unknown' : id === null ? 'filter.profile.several' : null, found.length);
    if (id === null || id === this.#chosen) return;
    this.#chosen = id;
    if (id && !this.#profiles.has(id)) void this.#listener.onId(id);
    else this.#listener.onProfile(id);
  }

  /** @param {import('../i18n/i18n.js').Key | null} what @param {number} [n] */
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
