import { BASE } from './base.js';

/** @import { AccessRow, ApiKeyRow, FloorPlan, Page, ScreenRow } from './types.js' */

const KEYS = `${BASE}/api/v1/api-keys`;
const SCREENS = `${BASE}/api/v1/screens`;
const PLAN = `${BASE}/api/v1/floor-plan`;
export const PLAN_IMAGE = `${PLAN}/image`;
const ACCESS = `${BASE}/api/v1/sdk-chat/access`;
const PAGE = 100;

/** What a tenant's admins manage: their SDK keys; and what they may know: who read their chats. */
export class TenantAdmin {
  #client;
  #keys;
  #screens;

  /**
   * @param {import('./client.js').Client} client
   * @param {{ keys?: string, screens?: string }} [places] where they are, for the backoffice
   */
  constructor(client, { keys = KEYS, screens = SCREENS } = {}) {
    this.#client = client;
    this.#keys = keys;
    this.#screens = screens;
  }

  /** The newest hundred. @returns {Promise<Page<ApiKeyRow>>} */
  async keys() {
    return /** @type {Page<ApiKeyRow>} */ ((await this.#client.get(`${this.#keys}?size=${PAGE}`)).data);
  }

  /**
   * @param {string} name
   * @param {number | null} days until it expires; null for never
   * @returns {Promise<string>} the key, which the service shows this once
   */
  async createKey(name, days) {
    const { data } = await this.#client.send('POST', this.#keys, {}, { name, expires_in_days: days });
    return /** @type {{ key: string }} */ (data).key;
  }

  /** @param {string} prefix */
  async revokeKey(prefix) {
    await this.#client.send('DELETE', `${this.#keys}/${encodeURIComponent(prefix)}`);
  }

  /** @returns {Promise<ScreenRow[]>} */
  async screens() {
    return /** @type {{ items: ScreenRow[] }} */ ((await this.#client.get(this.#screens)).data).items;
  }

  /** @param {string} name @returns {Promise<string>} the link, without the host, which the service shows this once */
  async addScreen(name) {
    return /** @type {{ path: string }} */ ((await this.#client.send('POST', this.#screens, {}, { name })).data).path;
  }

  /** @param {string} id */
  async revokeScreen(id) {
    await this.#client.send('DELETE', `${this.#screens}/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<FloorPlan | null>} null where the shop has none */
  async floorPlan() {
    return /** @type {{ floor_plan: FloorPlan | null }} */ ((await this.#client.get(PLAN)).data).floor_plan;
  }

  /** @param {Blob} file */
  async storeFloorPlan(file) {
    await this.#client.upload(PLAN_IMAGE, file);
  }

  async removeFloorPlan() {
    await this.#client.send('DELETE', PLAN_IMAGE);
  }

  /** The newest hundred. @returns {Promise<Page<AccessRow>>} */
  async access() {
    return /** @type {Page<AccessRow>} */ ((await this.#client.get(`${ACCESS}?size=${PAGE}&changes=true`)).data);
  }
}
