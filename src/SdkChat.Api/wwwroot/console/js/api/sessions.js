/** @import { SessionInfo } from './types.js' */

export const TENANT_SESSION = '/console/session';
export const BACKOFFICE_SESSION = '/console/admin/session';

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
   * Hands the token over once; from then on it travels as a cookie.
   * @param {string} token
   * @returns {Promise<SessionInfo>}
   */
  async signIn(token) {
    return (await this.#client.send('POST', this.#url, { Authorization: `Bearer ${token}` })).data;
  }

  async signOut() {
    await this.#client.send('DELETE', this.#url);
  }
}

/**
 * What parts two sign-ins in one browser: locks, channels and everything shared carry it.
 * @param {SessionInfo} session
 */
export const keyOf = (session) => [session.kind, session.tenant_id ?? '', session.subject ?? ''].join(':');
