import { NO_FILTER, TENANT_CHATS } from './chats.js';

/** @import { ChatRow } from './types.js' */
/** @import { BucketUnit } from '../app/overview-route.js' */

/**
 * @typedef {object} Numbers of chats by the time of their question
 * @property {number} started
 * @property {number} completed
 * @property {number} error
 * @property {number} ended
 * @property {number} in_progress
 * @property {number} triggered
 * @property {{ p50: number | null, p95: number | null }} answer_ms null without a completed chat
 *
 * @typedef {Numbers & { start: string }} Bucket
 *
 * @typedef {object} Stats
 * @property {string} from
 * @property {string} to
 * @property {BucketUnit} bucket
 * @property {Bucket[]} buckets
 * @property {Numbers} total
 * @property {{ message: string, count: number }[]} errors
 * @property {{ name: string, count: number }[]} items
 * @property {{ text: string, count: number }[]} [questions] only where they were asked for, and the service has them
 */

/** @typedef {{ count: number, oldest: ChatRow | null }} Waiting `oldest` is null where none waits any more */

/** Reads numbers of a tenant's chats. */
export class StatsReader {
  #client;
  #chats;

  /** @param {import('./client.js').Client} client @param {Pick<import('./chats.js').Chats, 'newest' | 'page'>} chats */
  constructor(client, chats) {
    this.#client = client;
    this.#chats = chats;
  }

  /**
   * @param {{ from: string, to?: string }} range
   * @param {BucketUnit} bucket of the reader's own time zone
   * @param {string} [profileId] this shopper's chats alone
   * @param {boolean} [withQuestions] the most frequent ones as well
   * @returns {Promise<Stats>}
   */
  async stats({ from, to }, bucket, profileId = '', withQuestions = false) {
    const tz = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
    const query = new URLSearchParams({
      from, ...(to ? { to } : {}), ...(profileId ? { profile_id: profileId } : {}),
      bucket, tz, ...(withQuestions ? { questions: 'true' } : {}),
    });
    return /** @type {Stats} */ ((await this.#client.get(`${TENANT_CHATS}/stats?${query}`)).data);
  }

  /** @param {number} seconds @returns {Promise<{ total: number, newest: ChatRow | null }>} chats that have no answer for so long */
  async waitingLonger(seconds) {
    const query = new URLSearchParams({ status: 'in_progress', to: new Date(Date.now() - seconds * 1000).toISOString(), size: '1' });
    const { total, items } = /** @type {import('./types.js').Page<ChatRow>} */ ((await this.#client.get(`${TENANT_CHATS}?${query}`)).data);
    return { total, newest: items[0] ?? null };
  }

  /** @param {number} minutes @returns {Promise<import('./types.js').Counts>} of the chats of the last minutes */
  async recent(minutes) {
    const query = new URLSearchParams({ from: new Date(Date.now() - minutes * 60_000).toISOString() });
    return /** @type {import('./types.js').Counts} */ ((await this.#client.get(`${TENANT_CHATS}/counts?${query}`)).data);
  }

  /** How many chats have no answer yet, and the one that has waited longest. @param {string} [profileId] @returns {Promise<Waiting>} */
  async waiting(profileId = '') {
    const { data, links } = await this.#chats.page(this.#chats.newest({ ...NO_FILTER, profileId, status: 'in_progress' }, 1));
    const oldest = data.total > 1 && links.last ? (await this.#chats.page(links.last)).data.items.at(-1) : data.items[0];
    return { count: data.total, oldest: oldest ?? null };
  }
}
