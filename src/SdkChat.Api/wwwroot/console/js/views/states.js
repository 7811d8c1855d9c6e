import { i18n } from '../i18n/i18n.js';
import { h } from './dom.js';
import { icon } from './icons.js';

/** @import { Key } from '../i18n/i18n.js' */
/** @import { Problem } from '../api/problem.js' */

/**
 * Nothing to show, and what that means.
 * @param {Key} title
 * @param {Key} hint
 * @param {HTMLElement | null} [action]
 */
export const emptyState = (title, hint, action = null) => h(
  'div', { class: 'state', testid: 'empty' },
  icon('chat', 'state-icon'),
  h('p', { class: 'state-title', t: title }),
  h('p', { class: 'state-hint', t: hint }),
  action,
);

/** Grey shapes where the content will be. @param {number} lines */
export const loadingState = (lines) => h(
  'div', { class: 'skeleton', testid: 'loading', attrs: { role: 'status' } },
  h('span', { class: 'unseen', t: 'loading' }),
  ...Array.from({ length: lines }, () => h('div', { class: 'skeleton-row', attrs: { 'aria-hidden': 'true' } })),
);

/**
 * @param {Problem} problem
 * @param {(() => void) | null} retry
 * @param {HTMLElement | null} [action] instead of "Try again"
 */
export const errorState = (problem, retry, action = null) => h(
  'div', { class: 'state state-error', testid: 'error', attrs: { role: 'alert' } },
  icon('error', 'state-icon'),
  h('p', { class: 'state-title', t: titleOf(problem) }),
  h('p', { class: 'state-hint' }, detailOf(problem)),
  action ?? (retry && h('button', { class: 'button', testid: 'retry', t: 'error.retry', attrs: { type: 'button' }, on: { click: retry } })),
);

/**
 * A sign-out that the service did not confirm: why, and what that means.
 * @param {Problem} problem
 * @param {() => void} retry
 * @param {() => void} stay
 */
export const signOutFailedState = (problem, retry, stay) => h(
  'div', { class: 'state state-error', testid: 'sign-out-failed', attrs: { role: 'alert' } },
  icon('error', 'state-icon'),
  h('p', { class: 'state-title', t: 'sign-out.failed' }),
  h('p', { class: 'state-hint', t: problem.status === 403 ? 'sign-out.refused' : titleOf(problem) }),
  h('p', { class: 'state-hint' }, problem.message),
  h('p', { class: 'state-hint', t: 'sign-out.failed.hint' }),
  h('div', { class: 'confirm-buttons' },
    h('button', { class: 'button', testid: 'sign-out-stay', t: 'sign-out.stay', attrs: { type: 'button' }, on: { click: stay } }),
    h('button', { class: 'button primary', testid: 'sign-out-retry', t: 'error.retry', attrs: { type: 'button' }, on: { click: retry } })),
);

/**
 * What was read stays; this says that it could not be read again.
 * @param {Problem} problem
 * @param {() => void} retry
 */
export const staleBanner = (problem, retry) => h(
  'div', { class: 'banner', testid: 'error', attrs: { role: 'status' } },
  icon('error'),
  h('span', { class: 'banner-text' }, h('span', { t: 'error.stale' }), ' ', h('span', { t: titleOf(problem) })),
  h('button', { class: 'button quiet', testid: 'retry', t: 'error.retry', attrs: { type: 'button' }, on: { click: retry } }),
);

/** @param {Problem} problem @returns {Key} */
export function titleOf({ status, code }) {
  if (status === 0) return navigator.onLine ? 'error.unreachable' : 'error.offline';
  if (code === 'TENANT_DISABLED') return 'error.tenant-disabled';
  if (code === 'TENANT_MISMATCH') return 'error.tenant-mismatch';
  if (status === 403) return 'error.forbidden';
  if (code === 'PROFILE_NOT_FOUND') return 'shopper.not-found';
  if (status === 404) return 'error.not-found';
  if (status === 429) return 'error.too-many';
  return status === 503 ? 'error.unavailable' : 'error.unknown';
}

/** @param {Problem} problem */
function detailOf({ status, code }) {
  const facts = [code, status].filter(Boolean).join('\u00a0·\u00a0'); // one piece: they are read out to support
  return status === 0 || status === 503 ? [i18n.t('error.comes-back'), facts].filter(Boolean).join(' ') : facts;
}
