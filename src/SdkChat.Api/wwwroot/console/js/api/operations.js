/** @import { Page, StreamPage, TenantRow } from './types.js' */

const TENANTS = '/api/v1/admin/tenants';
const STREAMS = '/api/v1/admin/sdk-chat/streams';
const PAGE = 100;
const MOST_TENANTS = 1000;

/** The backoffice's view of the running service: tenants and connected streams. */
export class Operations {
  #client;

  /** @param {import('./client.js').Client} client */
  constructor(client) {
    this.#client = client;
  }

  /**
   * By code; the first thousand.
   * @returns {Promise<TenantRow[]>}
   */
  async tenants() {
    /** @type {TenantRow[]} */
    const all = [];
    for (let page = 0; all.length < MOST_TENANTS; page++) {
      /** @type {import('./client.js').Answer<Page<TenantRow>>} */
      const { data } = await this.#client.get(`${TENANTS}?page=${page}&size=${PAGE}`);
      all.push(...data.items);
      if (data.items.length < PAGE) break;
    }
    return all;
  }

  /**
   * The newest hundred.
   * @returns {Promise<StreamPage>}
   */
  async streams() {
    return /** @type {StreamPage} */ ((await this.#client.get(`${STREAMS}?size=${PAGE}`)).data);
  }

  /** @param {string} id */
  async disconnect(id) {
    await this.#client.send('DELETE', `${STREAMS}/${encodeURIComponent(id)}`);
  }
}
