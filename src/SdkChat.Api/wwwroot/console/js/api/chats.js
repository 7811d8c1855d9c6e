/** @import { ChatDetail, ChatRow, ChatStatus, Counts, Page, TimelineItem } from './types.js' */

export const TENANT_CHATS = '/api/v1/sdk-chat';
export const BACKOFFICE_CHATS = '/api/v1/admin/sdk-chat';
export const PAGE_SIZE = 20;
export const LARGEST_PAGE = 100;

export const STATUSES = /** @type {const} */ (['in_progress', 'completed', 'error', 'ended']);
export const RANGES = /** @type {const} */ (['today', 'yesterday', '7d', '30d']);

/**
 * Which chats; '' stands for all.
 * @typedef {object} ChatFilter
 * @property {string} profileId
 * @property {string} tenantId
 * @property {ChatStatus | ''} status
 * @property {typeof RANGES[number] | ''} range days of the reader's own time zone
 * @property {'true' | 'false' | ''} triggered whether the shopper has reached the back list
 */

/** @type {ChatFilter} */
export const NO_FILTER = { profileId: '', tenantId: '', status: '', range: '', triggered: '' };

/** Reads chats: of the caller's tenant, or of all. */
export class Chats {
  #client;
  #base;
  #now;

  /**
   * @param {import('./client.js').Client} client
   * @param {string} base TENANT_CHATS or BACKOFFICE_CHATS
   * @param {() => Date} [now]
   */
  constructor(client, base, now = () => new Date()) {
    this.#client = client;
    this.#base = base;
    this.#now = now;
  }

  /**
   * Where the newest chats are.
   * @param {ChatFilter} filter
   * @param {number} size
   */
  newest(filter, size) {
    return `${this.#base}?${this.#query(filter, { size: String(size) })}`;
  }

  /** @param {ChatFilter} filter @param {number} page from 0 */
  at(filter, page) {
    return `${this.#base}?${this.#query(filter, { page: String(page), size: String(PAGE_SIZE) })}`;
  }

  /**
   * @param {string} url from `newest`, `at`, or a page's links
   * @returns {Promise<import('./client.js').Answer<Page<ChatRow>>>}
   */
  page(url) {
    return this.#client.get(url);
  }

  /**
   * How many chats of each status the other filters let through.
   * @param {ChatFilter} filter
   * @returns {Promise<Counts>}
   */
  async counts(filter) {
    return /** @type {Counts} */ ((await this.#client.get(`${this.#base}/counts?${this.#query({ ...filter, status: '' }, {})}`)).data);
  }

  /**
   * @param {string} id
   * @returns {Promise<ChatDetail>}
   */
  async detail(id) {
    /** @type {import('./client.js').Answer<ChatDetail>} */
    const answer = await this.#client.get(`${this.#base}/${encodeURIComponent(id)}`);
    return answer.data;
  }

  /**
   * What happened to a chat, oldest first.
   * @param {string} id
   * @returns {Promise<TimelineItem[]>}
   */
  async timeline(id) {
    return /** @type {import('./client.js').Answer<{ items: TimelineItem[] }>} */ (
      await this.#client.get(`${this.#base}/${encodeURIComponent(id)}/timeline`)).data.items;
  }

  /** @param {ChatFilter} filter @param {Record<string, string>} more */
  #query(filter, more) {
    const { from = '', to = '' } = daysOf(filter.range, this.#now());
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({
      tenant_id: filter.tenantId, profile_id: filter.profileId, status: filter.status, from, to, triggered: filter.triggered, ...more,
    })) if (value) query.set(name, value);
    return query;
  }
}

/**
 * The instants of a range: whole days of the reader's own time zone, `to` not included.
 * @param {ChatFilter['range']} range
 * @param {Date} now
 * @returns {{ from?: string, to?: string }}
 */
export function daysOf(range, now) {
  if (!range) return {};
  const back = { today: 0, yesterday: 1, '7d': 6, '30d': 29 }[range];
  return { from: midnight(now, back), ...(range === 'yesterday' ? { to: midnight(now, 0) } : {}) };
}

/** @param {Date} now @param {number} back days */
const midnight = (now, back) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).toISOString();
