/** @import { FleetRow, StatsNumbers, TenantGroup } from '../api/types.js' */

/** Beyond the time limit of a run and the sweep: the service sorts by the same five minutes. */
const LATE = 300_000;
/** From this share of failed chats on a number is marked. */
const FAILING = 0.05;

/** @param {FleetRow} row */
export const isFailing = (row) => row.failed > 0 && row.failed >= row.chats * FAILING;

/** @param {FleetRow} row @param {number} now */
export const isLate = (row, now) => row.waiting_since !== null && now - Date.parse(row.waiting_since) > LATE;

/** @type {Record<string, (numbers: StatsNumbers) => number>} */
const ORDERS = {
  chats: (numbers) => numbers.started,
  failed: (numbers) => numbers.error / Math.max(1, numbers.started),
  p95: (numbers) => numbers.answer_ms.p95 ?? -1,
};

export const SORTS = /** @type {const} */ (['chats', 'failed', 'p95']);

/** Most first. @param {readonly TenantGroup[]} groups @param {string} by one of SORTS */
export function sorted(groups, by) {
  const value = ORDERS[by] ?? ORDERS.chats;
  return [...groups].sort((one, other) => value(other.total) - value(one.total) || (one.tenant_code < other.tenant_code ? -1 : 1));
}

/** Those whose code has this text. @param {readonly TenantGroup[]} groups @param {string} text */
export function withCode(groups, text) {
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  return wanted ? groups.filter((group) => group.tenant_code.includes(wanted)) : [...groups];
}
