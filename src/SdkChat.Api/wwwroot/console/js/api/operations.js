import { BASE } from './base.js';
import { ERASURE_PATIENCE } from './client.js';

/** @import { AuditRow, BlockRow, ErasedPerson, FleetPage, Page, StreamPage, TenantRow, TenantStats } from './types.js' */

const TENANTS = `${BASE}/api/v1/admin/tenants`;
const STREAMS = `${BASE}/api/v1/admin/sdk-chat/streams`;
const STATS = `${BASE}/api/v1/admin/sdk-chat/stats`;
const BLOCKS = `${BASE}/api/v1/admin/blocks`;
const AUDIT = `${BASE}/api/v1/admin/audit`;
const LARGEST_PAGE = 100;
const FOUND = 20;
export const FLEET_PAGE = 50;

/** Where the keys and screens of a tenant are. @param {string} tenantId */
export const placesOf = (tenantId) => ({
  keys: `${TENANTS}/${encodeURIComponent(tenantId)}/api-keys`,
  screens: `${TENANTS}/${encodeURIComponent(tenantId)}/screens`,
});

/** The backoffice's view of the running service: its tenants, who is connected, who is kept out, and who did what. */
export class Operations {
  #client;

  /** @param {import('./client.js').Client} client */
  constructor(client) {
    this.#client = client;
  }

  /**
   * How the tenants are doing, those in trouble first.
   * @param {{ name: string, page: number, from: string }} wanted
   * @returns {Promise<FleetPage>}
   */
  fleet({ name, page, from }) {
    return this.#get(`${TENANTS}/overview`, { name, from, page, size: FLEET_PAGE });
  }

  /** Those of these tenants that exist; at most a hundred. @param {readonly string[]} ids @returns {Promise<TenantRow[]>} */
  async tenants(ids) {
    return /** @type {Page<TenantRow>} */ (await this.#get(TENANTS, { ids: ids.join(','), size: LARGEST_PAGE })).items;
  }

  /**
   * Those whose code or name has this text, by code; at most twenty, and how many there are.
   * @param {string} text
   * @returns {Promise<Page<TenantRow>>}
   */
  findTenants(text) {
    return this.#get(TENANTS, { name: text, size: FOUND });
  }

  /** @param {string} code @returns {Promise<TenantRow | null>} */
  async tenant(code) {
    const { items } = /** @type {Page<TenantRow>} */ (await this.#get(TENANTS, { name: code, size: LARGEST_PAGE }));
    return items.find((tenant) => tenant.code === code.toLowerCase()) ?? null;
  }

  /** @param {string} code @param {string} name @returns {Promise<TenantRow>} */
  async addTenant(code, name) {
    return (await this.#client.send('POST', TENANTS, {}, { code, name })).data;
  }

  /** @param {string} id @param {{ name?: string, enabled?: boolean }} change @returns {Promise<TenantRow>} */
  async changeTenant(id, change) {
    return (await this.#client.send('PATCH', `${TENANTS}/${encodeURIComponent(id)}`, {}, change)).data;
  }

  /**
   * @param {string} tenantId
   * @param {string} profileId
   * @param {string} confirm the person's name or the profile's id, as it was typed
   * @returns {Promise<ErasedPerson>}
   */
  async erase(tenantId, profileId, confirm) {
    return (await this.#client.send('POST', `${TENANTS}/${encodeURIComponent(tenantId)}/erasures`,
      {}, { profile_id: profileId, confirm }, ERASURE_PATIENCE)).data;
  }

  /** The newest hundred. @param {string} tenantId '' for all @returns {Promise<StreamPage>} */
  streams(tenantId) {
    return this.#get(STREAMS, { tenant_id: tenantId, size: LARGEST_PAGE });
  }

  /** @param {string} id */
  async disconnect(id) {
    await this.#client.send('DELETE', `${STREAMS}/${encodeURIComponent(id)}`);
  }

  /** The newest hundred. @param {string} tenantId '' for all @returns {Promise<Page<BlockRow>>} */
  blocks(tenantId) {
    return this.#get(BLOCKS, { tenant_id: tenantId, size: LARGEST_PAGE });
  }

  /** @param {{ tenant_id: string, subject: string, until: string, reason: string }} block */
  async block(block) {
    await this.#client.send('POST', BLOCKS, {}, block);
  }

  /** @param {string} id */
  async unblock(id) {
    await this.#client.send('DELETE', `${BLOCKS}/${encodeURIComponent(id)}`);
  }

  /** @param {Record<string, string | number>} filter of the service, with page @returns {Promise<Page<AuditRow>>} */
  audit(filter) {
    return this.#get(AUDIT, { ...filter, size: LARGEST_PAGE });
  }

  /** Numbers by tenant of the days from an instant on. @param {string} from @returns {Promise<TenantStats>} */
  stats(from) {
    return this.#get(STATS, { group_by: 'tenant', bucket: 'day', from });
  }

  /**
   * @param {string} path
   * @param {Record<string, string | number>} query '' leaves a parameter out
   * @returns {Promise<any>}
   */
  async #get(path, query) {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== '') parameters.set(name, String(value));
    return (await this.#client.get(`${path}?${parameters}`)).data;
  }
}
