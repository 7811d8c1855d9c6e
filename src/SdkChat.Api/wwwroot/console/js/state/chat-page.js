/** @import { ChatRow, Page } from '../api/types.js' */
/** @import { Links } from '../api/links.js' */

/**
 * The page of chats that is shown. Pure functions make the next from the last.
 *
 * @typedef {object} ChatPage
 * @property {'loading' | 'ready' | 'failed'} phase
 * @property {ChatRow[]} rows
 * @property {number} total of all that the filter lets through, as of the last read
 * @property {boolean} isLowerBound whether there may be more than `total`
 * @property {number} index of the page, from 0
 * @property {number} size
 * @property {Links} links
 * @property {number} held new chats that are not shown, since the reader is somewhere else
 * @property {number} base the total when the shown rows were put there; what came since is new
 * @property {ReadonlySet<string>} fresh ids that the last read brought or changed
 * @property {import('../api/problem.js').Problem | null} problem why the last read failed
 * @property {number} readAt
 */

/** @type {ReadonlySet<string>} */
const NONE = new Set();

/** @returns {ChatPage} */
export const emptyPage = () => ({
  phase: 'loading', rows: [], total: 0, isLowerBound: false, index: 0, size: 20, links: {},
  held: 0, base: 0, fresh: NONE, problem: null, readAt: 0,
});

/**
 * @typedef {object} Read
 * @property {Page<ChatRow>} page
 * @property {Links} links
 * @property {number} at
 */

/**
 * A page that the reader asked for, or the newest again while the reader looks at its top.
 * @param {ChatPage} before
 * @param {Read} read
 * @returns {ChatPage}
 */
export function showRead(before, { page, links, at }) {
  const rows = page.items.map((row) => notOlder(before.rows, row));
  return {
    phase: 'ready', rows, links, total: page.total, isLowerBound: page.total_is_lower_bound === true,
    index: page.page, size: page.size, held: 0, base: page.total,
    fresh: before.phase === 'ready' ? changed(before.rows, rows) : NONE, problem: null, readAt: at,
  };
}

/**
 * The same page again, while the reader is in the middle of it: rows change where they stand, none comes or goes.
 * @param {ChatPage} before
 * @param {Read} read
 * @returns {ChatPage}
 */
export function holdRead(before, { page, at }) {
  const read = new Map(page.items.map((row) => [row.chat_id, row]));
  const rows = before.rows.map((row) => notOlder(before.rows, read.get(row.chat_id) ?? row));
  return {
    ...before, rows, total: page.total, isLowerBound: page.total_is_lower_bound === true, held: Math.max(0, page.total - before.base),
    fresh: changed(before.rows, rows), problem: null, readAt: at,
  };
}

/**
 * @param {ChatPage} before
 * @param {import('../api/problem.js').Problem} problem
 * @returns {ChatPage}
 */
export function failRead(before, problem) {
  // Forbidden rows must not stay; whatever else went wrong, what was read is still worth looking at.
  const keep = before.phase === 'ready' && problem.status !== 403;
  return keep ? { ...before, problem, fresh: NONE } : { ...emptyPage(), phase: 'failed', problem };
}

/**
 * The stream says so; the list will say it again, with all that goes with it.
 * @param {ChatPage} before
 * @param {string} id
 * @returns {ChatPage}
 */
export function markCompleted(before, id) {
  const row = before.rows.find((one) => one.chat_id === id && one.status === 'in_progress');
  if (!row) return before;
  /** @type {ChatRow} */
  const completed = { ...row, status: 'completed' };
  return { ...before, rows: before.rows.map((one) => (one === row ? completed : one)), fresh: new Set([id]) };
}

/**
 * A status never goes back to `in_progress`: a read that says so was overtaken by an event.
 * @param {readonly ChatRow[]} rows
 * @param {ChatRow} row
 */
function notOlder(rows, row) {
  const known = row.status === 'in_progress' ? rows.find((one) => one.chat_id === row.chat_id) : undefined;
  return known && known.status !== 'in_progress' ? known : row;
}

/**
 * @param {readonly ChatRow[]} before
 * @param {readonly ChatRow[]} after
 * @returns {ReadonlySet<string>}
 */
function changed(before, after) {
  const known = new Map(before.map((row) => [row.chat_id, stamp(row)]));
  return new Set(after.filter((row) => known.get(row.chat_id) !== stamp(row)).map((row) => row.chat_id));
}

/** @param {ChatRow} row */
const stamp = (row) => `${row.status} ${row.updated_at} ${row.ended_at}`;
