/** @import { ChatDetail, ChatRow, Page } from './types.js' */

export const TENANT_CHATS = '/api/v1/sdk-chat';
export const BACKOFFICE_CHATS = '/api/v1/admin/sdk-chat';
export const PAGE_SIZE = 20;
export const LARGEST_PAGE = 100;

/** @typedef {{ profileId: string, tenantId: string }} ChatFilter  '' stands for all */

/** Reads chats: of the caller's tenant, or of all. */
export class Chats {
  #client;
  #base;

  /**
   * @param {import('./client.js').Client} client
   * @param {string} base TENANT_CHATS or BACKOFFICE_CHATS
   */
  constructor(client, base) {
    this.#client = client;
    this.#base = base;
  }

  /**
   * Where the newest chats are.
   * @param {ChatFilter} filter
   * @param {number} size
   */
  newest(filter, size) {
    const query = new URLSearchParams();
    if (filter.tenantId) query.set('tenant_id', filter.tenantId);
    if (filter.profileId) query.set('profile_id', filter.profileId);
    query.set('size', String(size));
    return `${this.#base}?${query}`;
  }

  /**
   * @param {string} url from `newest`, or from a page's links
   * @returns {Promise<import('./client.js').Answer<Page<ChatRow>>>}
   */
  page(url) {
    return this.#client.get(url);
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
}
