import { Problem } from '../api/problem.js';
import { COOKIE_NOT_KEPT, SECURE_COOKIE_NOT_KEPT } from '../api/sessions.js';

/** @import { Args, Key } from '../i18n/i18n.js' */
/** @typedef {{ key: Key, args?: Args, at?: number }} Reason at: an instant that `args.time` names */

/**
 * Where one signs in.
 * @typedef {object} Place
 * @property {string} origin of the page
 * @property {boolean} isPlainHttp
 * @property {boolean} keepsCookies whether the browser keeps cookies of scripts
 * @property {string} role that the page needs
 * @property {number} now
 */

/** What 403 means, by code. @type {Record<string, Key>} */
const REFUSALS = {
  FORBIDDEN: 'sign-in.role', TENANT_MISMATCH: 'sign-in.host', TENANT_DISABLED: 'sign-in.disabled',
  BLOCKED: 'sign-in.blocked', ORIGIN_NOT_ALLOWED: 'sign-in.origin',
};

/** Why a sign-in at the provider failed, by the code that the service adds to the address. @type {Record<string, Key>} */
const AT_PROVIDER = {
  FORBIDDEN: 'provider.role', TENANT_MISMATCH: 'provider.host', TENANT_DISABLED: 'provider.disabled',
  BLOCKED: 'provider.blocked', UNAUTHENTICATED: 'provider.refused',
  TOKEN_TOO_LONG: 'provider.too-long', UNAVAILABLE: 'error.unavailable',
  PROVIDER_DENIED: 'provider.denied', PROVIDER_UNAVAILABLE: 'provider.unavailable',
  PROVIDER_FAILED: 'provider.failed', PROVIDER_SESSION: 'provider.session', SESSION_ENDED: 'provider.ended',
};

/** @param {string | null} code @param {string} origin of the page @returns {Reason | null} null for a code that is none of these */
export const providerReason = (code, origin) => (code && Object.hasOwn(AT_PROVIDER, code)
  ? { key: AT_PROVIDER[code], args: { origin } } : null);

/**
 * Why a sign-in failed. The service does not say what is wrong with a token; the token itself says much of it to its owner.
 * @param {unknown} thrown
 * @param {string} token
 * @param {Place} place
 * @returns {Reason}
 */
export function signInReason(thrown, token, { origin, isPlainHttp, keepsCookies, role, now }) {
  const { status, code } = Problem.from(thrown);
  if (code === SECURE_COOKIE_NOT_KEPT && isPlainHttp && keepsCookies) return { key: 'sign-in.secure-cookie', args: { origin } };
  if (code === COOKIE_NOT_KEPT || code === SECURE_COOKIE_NOT_KEPT) return { key: 'sign-in.no-cookies' };
  if (status === 403) return { key: REFUSALS[code] ?? 'sign-in.forbidden', args: { origin, role } };
  if (status === 429) return { key: 'sign-in.too-many' };
  if (status === 400) return { key: 'sign-in.too-long' };
  // What no header can carry is no token: fetch refuses it before anything is sent.
  const isNone = thrown instanceof Problem && status === 0 && !/^[\x21-\x7e]+$/.test(token);
  if (isNone || status === 401) return tokenReason(token, now);
  return { key: status === 503 ? 'error.unavailable' : status === 0 ? 'error.unreachable' : 'error.unknown' };
}

/** @param {string} token @param {number} now @returns {Reason} */
function tokenReason(token, now) {
  if (/^osk_/.test(token)) return { key: 'sign-in.sdk-key' };
  const claims = claimsOf(token);
  if (!claims) return { key: 'sign-in.no-token' };
  const expires = typeof claims.exp === 'number' ? claims.exp * 1000 : NaN;
  if (expires < now) return { key: 'sign-in.expired', at: expires };
  const audience = [claims.aud].flat().filter((one) => typeof one === 'string').join(', ');
  return typeof claims.iss === 'string' || audience
    ? { key: 'sign-in.refused-by', args: { issuer: String(claims.iss ?? '–'), audience: audience || '–' } }
    : { key: 'sign-in.refused' };
}

/** @param {string} token @returns {Record<string, unknown> | null} null for a text that is no JWT */
function claimsOf(token) {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const bytes = Uint8Array.from(atob(parts[1].replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' ? claims : null;
  } catch {
    return null;
  }
}
