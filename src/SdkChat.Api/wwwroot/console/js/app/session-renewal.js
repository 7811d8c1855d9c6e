import { Problem } from '../api/problem.js';

/** @import { Sessions } from '../api/sessions.js' */
/** @import { SessionInfo } from '../api/types.js' */

/**
 * Who is signed in. A session of a provider is renewed when the service says that it is time, and when its token has expired, for instance
 * while the computer slept. One tab at a time renews: some providers accept a refresh token once.
 */
export class SessionRenewal {
  #sessions;
  #name;
  #locks;

  /**
   * @param {Pick<Sessions, 'current' | 'renew' | 'provider'>} sessions
   * @param {string} name of the lock: tenant and backoffice have a session each
   * @param {Pick<LockManager, 'request'> | undefined} locks
   */
  constructor(sessions, name, locks) {
    this.#sessions = sessions;
    this.#name = `sdkchat-renewal:${name}`;
    this.#locks = locks;
  }

  /**
   * @returns {Promise<SessionInfo>} rejects with a Problem; status 401 also where a renewal has ended the session, with the code of the
   *   reason
   */
  async current() {
    try {
      const session = await this.#sessions.current();
      return session.renewal_due ? await this.#alone(() => this.#renewInTime()) : session;
    } catch (thrown) {
      const problem = Problem.from(thrown);
      // The code of another renewal that failed says why the session has ended.
      if (problem.status !== 401 || problem.code !== 'UNAUTHENTICATED' || !(await this.#isRenewable())) throw problem;
      return this.#alone(() => this.#renewExpired());
    }
  }

  /** Another tab may have done so meanwhile. */
  async #renewInTime() {
    const session = await this.#sessions.current();
    if (!session.renewal_due) return session;
    try {
      return await this.#sessions.renew();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status === 401) throw new Problem(401, 'SESSION_ENDED');
      if (problem.status === 403 && problem.code === 'FORBIDDEN') throw new Problem(401, problem.code);
      return session; // it is valid still, and the next look tries again
    }
  }

  async #renewExpired() {
    try {
      return await this.#sessions.current();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status !== 401) throw problem;
    }
    try {
      return await this.#sessions.renew();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      throw problem.status === 403 && problem.code === 'FORBIDDEN' ? new Problem(401, problem.code) : problem;
    }
  }

  async #isRenewable() {
    try {
      return (await this.#sessions.provider())?.renewable === true;
    } catch {
      return false; // the form tries again to learn of the provider
    }
  }

  /** @param {() => Promise<SessionInfo>} action @returns {Promise<SessionInfo>} */
  async #alone(action) {
    return this.#locks ? await this.#locks.request(this.#name, action) : action();
  }
}
