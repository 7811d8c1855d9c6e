/** @import { Shopper } from './types.js' */

/** Reads shoppers: of the caller's tenant, or of all. */
export class Shoppers {
  #client;
  #base;

  /** @param {import('./client.js').Client} client @param {string} chats TENANT_CHATS or BACKOFFICE_CHATS */
  constructor(client, chats) {
    this.#client = client;
    this.#base = `${chats}/profiles`;
  }

  /** @param {string} profileId @returns {Promise<Shopper>} */
  async find(profileId) {
    return /** @type {Shopper} */ ((await this.#client.get(`${this.#base}/${encodeURIComponent(profileId)}`)).data);
  }
}
