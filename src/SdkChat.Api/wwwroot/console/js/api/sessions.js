/** @import { Provider, SessionInfo } from './types.js' */

import { BASE } from './base.js';
import { Problem } from './problem.js';

export const TENANT_SESSION = `${BASE}/console/session`;
/** Who a screen shows: a screen that was signed in with a link, or an admin. */
export const SCREEN_SESSION = `${BASE}/console/screen`;
export const BACKOFFICE_SESSION = `${BASE}/console/admin/session`;

/** The page's own code: the token was accepted, and the browser did not keep the cookie. */
export const COOKIE_NOT_KEPT = 'COOKIE_NOT_KEPT';
/** The same where the service sends the cookie for HTTPS alone: outside Development. */
export const SECURE_COOKIE_NOT_KEPT = 'SECURE_COOKIE_NOT_KEPT';

/** Who is signed in. The token itself is in an HttpOnly cookie, where no script sees it. */
export class Sessions {
  #client;
  #url;

  /**
   * @param {import('./client.js').Client} client
   * @param {string} url TENANT_SESSION or BACKOFFICE_SESSION
   */
  constructor(client, url) {
    this.#client = client;
    this.#url = url;
  }

  /** @returns {Promise<SessionInfo>} */
  async current() {
    return (await this.#client.get(this.#url)).data;
  }

  /**
   * Hands the token over once; from then on it travels as a cookie. A browser that blocks cookies drops it without a word, so
   * the session is read back.
   * @param {string} token
   * @returns {Promise<SessionInfo>} rejects with a Problem
   */
  async signIn(token) {
    const { data } = await this.#client.send('POST', this.#url, { Authorization: `Bearer ${token}` });
    const isSecure = /** @type {SessionInfo | undefined} */ (data)?.development === false;
    try {
      return await this.current();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      throw problem.status === 401 ? new Problem(401, isSecure ? SECURE_COOKIE_NOT_KEPT : COOKIE_NOT_KEPT) : problem;
    }
  }

  /**
   * @returns {Promise<string | null>} the address at which the browser signs out at the provider too; null if there is nothing to do there
   */
  async signOut() {
    const { data } = await this.#client.send('DELETE', this.#url);
    return /** @type {{ sign_out: string } | undefined} */ (data)?.sign_out ?? null;
  }

  /** @returns {Promise<Provider | null>} where users of the page sign in; null if it has the token form alone */
  async provider() {
    return (await this.#client.get(`${this.#url}/provider`)).data ?? null;
  }

  /**
   * Replaces the token by a new one of the provider.
   * @returns {Promise<SessionInfo>} rejects with a Problem
   */
  async renew() {
    return /** @type {SessionInfo} */ ((await this.#client.send('POST', `${this.#url}/renew`)).data);
  }

  /** Where a sign-in at the provider begins, which comes back to the view. @param {string} hash */
  startAddress(hash) {
    return `${this.#url}/start?view=${encodeURIComponent(hash)}`;
  }
}

/**
 * What parts two sign-ins in one browser: locks, channels and everything shared carry it.
 * @param {SessionInfo} session
 */
export const keyOf = (session) => [BASE + session.kind, session.tenant_id ?? '', session.subject ?? ''].join(':');
