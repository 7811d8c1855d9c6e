import { NO_FILTER } from '../api/chats.js';

/** @import { Chats } from '../api/chats.js' */

/**
 * Whose a chat is that was opened by its id and stands on no page: a detail does not say, the list says it of the chat that it finds by id.
 * @param {Chats} chats
 * @param {() => void} onFound
 */
export function openTenant(chats, onFound) {
  /** @type {Map<string, string>} '' while it is not known */
  const known = new Map();
  /** @param {string} chatId */
  const find = async (chatId) => {
    try {
      const { data } = await chats.page(`${chats.newest(NO_FILTER, 1)}&q=${encodeURIComponent(chatId)}`);
      known.set(chatId, data.items[0]?.tenant_id ?? '');
      onFound();
    } catch {
      known.delete(chatId); // the next drawing asks again
    }
  };
  /** @param {string} chatId @returns {string} */
  return (chatId) => {
    if (!known.has(chatId)) {
      known.set(chatId, '');
      void find(chatId);
    }
    return known.get(chatId) ?? '';
  };
}
