import { parseJson } from '../api/json.js';

/** @import { LiveChatEvent } from '../api/types.js' */

const MOST_CHATS = 500;
const MOST_PER_CHAT = 20;
const MOST_NOTICES = 30;

/**
 * An event of the stream, as it was seen.
 * @typedef {object} SeenEvent
 * @property {number} at
 * @property {string} name
 * @property {LiveChatEvent} data
 */

/** Remembers the live events that this page saw: of each chat for its timeline, and the last notifications of all. */
export class LiveLog {
  /** @type {Map<string, SeenEvent[]>} */
  #byChat = new Map();
  /** @type {SeenEvent[]} newest first */
  #notices = [];

  /** @param {SeenEvent} event */
  add(event) {
    const { chat_id: id } = event.data;
    const seen = this.#byChat.get(id) ?? [];
    seen.push(event);
    if (seen.length > MOST_PER_CHAT) seen.shift();
    this.#byChat.delete(id);
    this.#byChat.set(id, seen);
    if (this.#byChat.size > MOST_CHATS) {
      const [oldest] = this.#byChat.keys();
      this.#byChat.delete(oldest);
    }
    if (event.name === 'backlist_triggered') this.#notices = [event, ...this.#notices.slice(0, MOST_NOTICES - 1)];
  }

  /** @param {string} id */
  of(id) {
    return this.#byChat.get(id) ?? [];
  }

  /** The last `backlist_triggered` events, newest first. */
  get notices() {
    return this.#notices;
  }
}

/**
 * The data of an event, or null where it is none of ours: one odd event must not stop the page.
 * @param {string} text
 * @returns {LiveChatEvent | null}
 */
export function readEvent(text) {
  try {
    const data = parseJson(text);
    if (typeof data?.chat_id !== 'string' || typeof data?.profile_id !== 'string') return null;
    return { ...data, notification_items: Array.isArray(data.notification_items) ? data.notification_items : [] };
  } catch {
    return null;
  }
}
