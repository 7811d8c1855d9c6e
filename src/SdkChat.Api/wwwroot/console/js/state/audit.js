/** @import { AuditRow } from '../api/types.js' */

/** Reads that an open page repeats by itself. */
const BACKGROUND = new Set([
  'list_chats', 'count_chats', 'list_streams', 'list_tenants', 'read_overview', 'list_blocks', 'list_api_keys', 'read_stats', 'read_audit',
]);

/** @typedef {{ rows: AuditRow[], folded: boolean }} AuditGroup */

/** @param {AuditRow} row */
const isBackground = (row) => row.caller === 'backoffice' && row.status < 400 && row.target_id === null && BACKGROUND.has(row.action);

/**
 * Runs of background reads by one caller as one group each; every other entry by itself.
 * @param {readonly AuditRow[]} rows newest first
 * @returns {AuditGroup[]}
 */
export function foldReads(rows) {
  /** @type {AuditGroup[]} */
  const groups = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (!isBackground(row)) groups.push({ rows: [row], folded: false });
    else if (last?.folded && last.rows[0].subject === row.subject) last.rows.push(row);
    else groups.push({ rows: [row], folded: true });
  }
  return groups;
}

/** @param {AuditGroup} group how many calls it stands for */
export const callsOf = ({ rows }) => rows.reduce((sum, row) => sum + row.count, 0);
