import { Client } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { keyOf, Sessions } from '../api/sessions.js';
import { errorState, loadingState } from '../views/states.js';
import { Shell } from '../views/shell.js';
import { SignInForm } from '../views/sign-in.js';
import { startTimes } from '../views/time.js';
import { startPreferences } from './preferences.js';
import { SessionChannel } from './session-channel.js';

/** @import { SessionInfo } from '../api/types.js' */

/** @typedef {{ stop: () => void }} Dashboard */

/**
 * What a dashboard gets.
 * @typedef {object} Surroundings
 * @property {Client} client
 * @property {SessionInfo} session
 * @property {Shell} shell
 * @property {(problem: Problem) => void} onProblem every failed call is told, so that a 401 ends the session wherever it shows up
 * @property {() => void} check looks whether the same user is still signed in
 */

/**
 * @typedef {object} ConsoleParts
 * @property {string} sessionUrl
 * @property {import('../i18n/i18n.js').Key} title
 * @property {(around: Surroundings) => Dashboard} dashboard
 */

/** A page of the console: signs in and out, and has a dashboard in between. */
export class Console {
  #client = new Client();
  #sessions;
  #dashboard;
  #shell;
  #channel;
  /** @type {{ key: string, dashboard: Dashboard } | null} */
  #entered = null;
  #lastKey = '';
  #checking = false;

  /** @param {ConsoleParts} parts */
  constructor({ sessionUrl, title, dashboard }) {
    startPreferences();
    startTimes();
    this.#sessions = new Sessions(this.#client, sessionUrl);
    this.#dashboard = dashboard;
    this.#shell = new Shell(/** @type {HTMLElement} */ (document.getElementById('console')), title, () => void this.#signOut());
    this.#channel = new SessionChannel(sessionUrl, (key) => {
      if (key !== (this.#entered?.key ?? '')) void this.check();
    });
  }

  async start() {
    // A page in the back-forward cache must let go of what it shares, and start over when it comes back.
    addEventListener('pagehide', () => this.#leave());
    addEventListener('pageshow', (event) => { if (event.persisted) void this.check(); });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void this.check(); });
    this.#shell.main.replaceChildren(loadingState(8));
    await this.check();
  }

  /** Shows the dashboard of whoever is signed in; the form where nobody is. */
  async check() {
    if (this.#checking) return;
    this.#checking = true;
    try {
      this.#enter(await this.#sessions.current());
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status === 401) this.#signedOut();
      else if (!this.#entered) this.#shell.main.replaceChildren(errorState(problem, () => void this.check()));
    } finally {
      this.#checking = false;
    }
  }

  /** @param {SessionInfo} session */
  #enter(session) {
    const key = keyOf(session);
    if (key === this.#entered?.key) return;
    this.#leave();
    // Somebody else's chat would only be "not found".
    if (this.#lastKey && this.#lastKey !== key) history.replaceState(null, '', location.pathname);
    this.#lastKey = key;
    this.#shell.showSession(session);
    this.#shell.light.show('connecting');
    const dashboard = this.#dashboard({
      client: this.#client, session, shell: this.#shell,
      onProblem: (problem) => { if (problem.status === 401 && this.#entered?.key === key) this.#signedOut(); },
      check: () => void this.check(),
    });
    this.#entered = { key, dashboard };
    this.#channel.tell(key);
  }

  /** Nothing of the user who was here stays on the page. */
  #leave() {
    this.#entered?.dashboard.stop();
    this.#entered = null;
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    this.#shell.main.replaceChildren();
    this.#shell.showSession(null);
  }

  #signedOut() {
    this.#shell.light.show('signed-out');
    if (this.#shell.main.querySelector('form')) return;
    const wasIn = this.#entered !== null;
    this.#leave();
    const form = new SignInForm((token) => this.#sessions.signIn(token), (session) => {
      this.#enter(session);
      this.#shell.main.focus();
    });
    this.#shell.main.replaceChildren(form.element);
    form.focus();
    if (wasIn) this.#channel.tell('');
  }

  async #signOut() {
    try {
      await this.#sessions.signOut();
    } catch {
      // Without an answer the cookie may still be there, and the page must not pretend.
      await this.check();
      return;
    }
    history.replaceState(null, '', location.pathname);
    this.#signedOut();
  }
}
