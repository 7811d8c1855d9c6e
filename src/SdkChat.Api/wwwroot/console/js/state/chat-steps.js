/** @import { ChatRow } from '../api/types.js' */

/** @typedef {Pick<ChatRow, 'chat_id' | 'created_at'>} Place what a list is sorted by, newest first */

/**
 * The chat of the list that comes after (1) or before (-1) the open one; null where there is none. A chat that the filter leaves out stands
 * between the rows that are newer and those that are older.
 * @template {Place} Row
 * @param {readonly Row[]} rows
 * @param {string} id of the open chat
 * @param {Place | null} open the open chat, if it has been read
 * @param {1 | -1} step
 * @returns {Row | null}
 */
export function stepFrom(rows, id, open, step) {
  const at = rows.findIndex((row) => row.chat_id === id);
  if (at >= 0) return rows[at + step] ?? null;
  if (open?.chat_id !== id) return null;
  const older = rows.findIndex((row) => isOlder(row, open));
  const after = older < 0 ? rows.length : older;
  return rows[step === 1 ? after : after - 1] ?? null;
}

/** @param {Place} one @param {Place} other */
function isOlder(one, other) {
  const difference = Date.parse(one.created_at) - Date.parse(other.created_at);
  return difference < 0 || (difference === 0 && one.chat_id < other.chat_id);
}
