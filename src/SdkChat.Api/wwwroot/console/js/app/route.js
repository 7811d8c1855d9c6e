/** @import { ChatFilter } from '../api/chats.js' */

import { isRange, NO_FILTER, STATUSES } from '../api/chats.js';

/** The page's address, the part behind `#`: what is shown, so that Back, a reload and a copied link keep it. */

/** @typedef {'chats' | typeof OTHERS[number]} Section */
/** @typedef {{ filter: ChatFilter, page: number }} View which chats, and which page of them, from 0 */
/** @typedef {{ section: Section, chatId: string | null, view: View }} Route */

const OTHERS = /** @type {const} */ (['overview', 'shoppers', 'streams', 'tenants', 'keys', 'access', 'statistics', 'blocks', 'audit']);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PAGE = /^[1-9]\d{0,6}$/;
/** The service's limit. */
export const LONGEST_QUERY = 100;

/** @type {View} */
export const NEWEST = { filter: NO_FILTER, page: 0 };

/** What is not a place of the page is read as the list. @param {string} hash @returns {Route} */
export function readRoute(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [section, id = ''] = path.split('/');
  const other = OTHERS.find((one) => one === section);
  if (other) return { section: other, chatId: null, view: NEWEST };
  return { section: 'chats', chatId: UUID.test(id) ? id : null, view: readView(new URLSearchParams(query)) };
}

/** @param {string | null} chatId @param {View} view */
export function hashOf(chatId, { filter, page }) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({
    q: filter.q, tenant: filter.tenantId, profile: filter.profileId, status: filter.status, time: filter.range, triggered: filter.triggered,
  })) if (value) query.set(name, value);
  if (page > 0) query.set('page', String(page + 1));
  return `#/chats${chatId ? `/${chatId}` : ''}${query.size ? `?${query}` : ''}`;
}

/** A chat, beside the list as the address has it. @param {string} id @param {string} [hash] */
export const chatHash = (id, hash = location.hash) => hashOf(id, readRoute(hash).view);

/** @param {URLSearchParams} query @returns {View} */
function readView(query) {
  /** @param {string} name @param {(value: string) => boolean} isValid */
  const read = (name, isValid) => {
    const value = query.get(name) ?? '';
    return isValid(value) ? value : '';
  };
  /** @param {string} value */
  const isId = (value) => UUID.test(value);
  return {
    filter: {
      q: read('q', (value) => value === value.trim() && [...value].length <= LONGEST_QUERY),
      tenantId: read('tenant', isId), profileId: read('profile', isId),
      status: /** @type {ChatFilter['status']} */ (read('status', (value) => STATUSES.some((one) => one === value))),
      range: read('time', isRange),
      triggered: /** @type {ChatFilter['triggered']} */ (read('triggered', (value) => value === 'true' || value === 'false')),
    },
    page: Number(read('page', (value) => PAGE.test(value)) || 1) - 1,
  };
}
