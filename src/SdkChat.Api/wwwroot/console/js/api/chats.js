import { BASE } from './base.js';

/** @import { ChatDetail, ChatRow, ChatStatus, Counts, Page, TimelineItem } from './types.js' */

export const TENANT_CHATS = `${BASE}/api/v1/sdk-chat`;
export const BACKOFFICE_CHATS = `${BASE}/api/v1/admin/sdk-chat`;
export const PAGE_SIZE = 20;
export const LARGEST_PAGE = 100;

export const STATUSES = /** @type {const} */ (['in_progress', 'completed', 'error', 'ended']);
export const RANGES = /** @type {const} */ (['today', 'yesterday', 'since-yesterday', '7d', '30d', 'over-1m']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Which chats; '' stands for all.
 * @typedef {object} ChatFilter
 * @property {string} q text or id that the service looks for
 * @property {string} profileId
 * @property {string} tenantId
 * @property {ChatStatus | ''} status
 * @property {string} range one of RANGES, or a day as YYYY-MM-DD; days are of the reader's own time zone
 * @property {'true' | 'false' | ''} triggered whether the shopper has reached the back list
 */

/** @type {ChatFilter} */
export const NO_FILTER = { q: '', profileId: '', tenantId: '', status: '', range: '', triggered: '' };

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
   * Where a file of all chats of a filter is, with times of the reader's own zone; for Excel CSV says that it is UTF-8.
   * @param {ChatFilter} filter
   * @param {import('./export-rows.js').ExportFormat} format
   */
  exportUrl(filter, format) {
    const tz = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
    return `${this.#base}/export?${this.#query(filter, { format, tz, bom: format === 'csv' ? 'true' : '' })}`;
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
      tenant_id: filter.tenantId, profile_id: filter.profileId, status: filter.status, from, to,
      triggered: filter.triggered, q: filter.q, ...more,
    })) if (value) query.set(name, value);
    return query;
  }
}

/** Whether a text is a range. @param {string} text */
export const isRange = (text) => RANGES.some((one) => one === text)
  || (DAY.test(text) && isDay(text));

/** @param {string} text */
function isDay(text) {
  const day = new Date(`${text}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/**
 * The instants of a range: whole days of the reader's own time zone, or what is more than a minute old; `to` not included.
 * @param {string} range
 * @param {Date} now
 * @returns {{ from?: string, to?: string }}
 */
export function daysOf(range, now) {
  if (!range) return {};
  if (range === 'over-1m') return { to: new Date(now.getTime() - 60_000).toISOString() };
  if (DAY.test(range)) {
    const day = new Date(`${range}T00:00`);
    return { from: midnight(day, 0), to: midnight(day, -1) };
  }
  const back = { today: 0, yesterday: 1, 'since-yesterday': 1, '7d': 6, '30d': 29 }[range] ?? 0;
  return { from: midnight(now, back), ...(range === 'yesterday' ? { to: midnight(now, 0) } : {}) };
}

/** @param {Date} now @param {number} back days */
const midnight = (now, back) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).toISOString();
