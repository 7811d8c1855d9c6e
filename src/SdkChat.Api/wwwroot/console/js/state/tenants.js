/** @import { TenantRow } from '../api/types.js' */

/** The service takes as many ids at once. */
const MOST = 100;

/** Code and name; the code alone without a name. @param {Pick<TenantRow, 'code' | 'name'>} tenant */
export const labelOf = ({ code, name }) => (name ? `${code} — ${name}` : code);

/** The tenants that the page knows. Rows name tenants by id; unknown ids are requested together. */
export class Tenants {
  #load;
  #onLearned;
  /** @type {Map<string, TenantRow>} */
  #known = new Map();
  /** Asked for, and not answered or not there. @type {Set<string>} */
  #asked = new Set();
  /** @type {Set<string>} */
  #wanted = new Set();

  /**
   * @param {(ids: string[]) => Promise<TenantRow[]>} load
   * @param {() => void} onLearned
   */
  constructor(load, onLearned) {
    this.#load = load;
    this.#onLearned = onLearned;
  }

  /** @returns {TenantRow[]} by code */
  get all() {
    return [...this.#known.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
  }

  /** @param {readonly TenantRow[]} rows */
  learn(rows) {
    for (const row of rows) this.#known.set(row.tenant_id, row);
  }

  /** What is known; the rest is asked for. @param {string} id */
  get(id) {
    const row = this.#known.get(id);
    if (!row) this.#want(id);
    return row ?? null;
  }

  /** The code; until it is known, the end of the id. @param {string} id */
  code(id) {
    return this.get(id)?.code ?? id.slice(-6);
  }

  /** Code and name; until they are known, the end of the id. @param {string} id */
  label(id) {
    const row = this.get(id);
    return row ? labelOf(row) : id.slice(-6);
  }

  /** @param {string} id */
  #want(id) {
    if (!id || this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#wanted.add(id);
    if (this.#wanted.size === 1) queueMicrotask(() => void this.#ask());
  }

  async #ask() {
    const ids = [...this.#wanted];
    this.#wanted.clear();
    for (let start = 0; start < ids.length; start += MOST) {
      const some = ids.slice(start, start + MOST);
      try {
        this.learn(await this.#load(some));
      } catch {
        for (const id of some) this.#asked.delete(id); // the next read asks again
      }
    }
    this.#onLearned();
  }
}
