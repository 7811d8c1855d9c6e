/** @import { ChatStatus } from '../api/types.js' */

const MINUTE = 60_000;
export const MINUTES = 30;
const MOST_CHATS = 5000;

/**
 * What this page has seen: how many things happened in each of the last minutes, and the last known status of each chat.
 * Both are bounded, whatever comes.
 */
export class Activity {
  /** @type {Map<number, number>} minute since 1970 → count */
  #minutes = new Map();
  /** @type {Map<string, ChatStatus>} */
  #statuses = new Map();

  /** @param {number} at */
  happened(at) {
    const minute = Math.floor(at / MINUTE);
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1);
    if (this.#minutes.size > 2 * MINUTES) {
      for (const old of this.#minutes.keys()) if (old <= minute - MINUTES) this.#minutes.delete(old);
    }
  }

  /**
   * @param {string} id
   * @param {ChatStatus} status
   * @returns {boolean} whether that is news about a chat
   */
  saw(id, status) {
    const before = this.#statuses.get(id);
    if (before === status || (before && status === 'in_progress')) return false; // it never goes back: an old read
    this.#statuses.delete(id); // to the end of the line: the longest unchanged go first
    this.#statuses.set(id, status);
    if (this.#statuses.size > MOST_CHATS) {
      const [oldest] = this.#statuses.keys();
      this.#statuses.delete(oldest);
    }
    return true;
  }

  /**
   * The last minutes, oldest first; the one that is running is the last.
   * @param {number} now
   * @returns {number[]}
   */
  perMinute(now) {
    const last = Math.floor(now / MINUTE);
    return Array.from({ length: MINUTES }, (_, n) => this.#minutes.get(last - MINUTES + 1 + n) ?? 0);
  }

  /** @returns {Record<ChatStatus, number>} */
  split() {
    const split = { in_progress: 0, completed: 0, error: 0, ended: 0 };
    for (const status of this.#statuses.values()) if (status in split) split[status]++;
    return split;
  }
}
