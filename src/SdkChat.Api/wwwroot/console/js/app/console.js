import { Client } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { BACKOFFICE_SESSION, keyOf, Sessions } from '../api/sessions.js';
import { Backoff } from '../live/backoff.js';
import { providerReason } from '../state/sign-in-reason.js';
import { errorState, loadingState, signOutFailedState } from '../views/states.js';
import { Shell } from '../views/shell.js';
import { SignInForm } from '../views/sign-in.js';
import { startTimes } from '../views/time.js';
import { features } from './browser-features.js';
import { startPreferences } from './preferences.js';
import { SessionChannel } from './session-channel.js';
import { SessionRenewal } from './session-renewal.js';

/** @import { SessionInfo } from '../api/types.js' */

/** The longest wait before the page asks again who is signed in: as often as a dashboard reads its list. */
const ASK_WITHIN = 10_000;

/** @typedef {{ stop: () => void }} Dashboard */

/**
 * What a dashboard gets.
 * @typedef {object} Surroundings
 * @property {Client} client
 * @property {SessionInfo} session
 * @property {Shell} shell
 * @property {(problem: Problem) => void} onProblem every failed call is told, so that a 401 ends the session wherever it shows up
 * @property {(isLost?: boolean) => void} check looks whether the same user is still signed in; isLost: a call was refused with 401, so that
 *   the dashboard must start over where the session was renewed
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
  /** @type {SessionRenewal | null} until the features of the browser are known */
  #renewal = null;
  #sessionUrl;
  #dashboard;
  /** That one needs here, as the contract names it. */
  #role;
  #shell;
  #channel;
  /** @type {{ key: string, dashboard: Dashboard } | null} */
  #entered = null;
  #lastKey = '';
  #checking = false;
  /** From a click on "Sign out" until the cookie is gone, or the user stays: until then nothing is shown that the click has hidden. */
  #signingOut = false;
  #backoff = new Backoff(Math.random, ASK_WITHIN);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  #failure = '';
  #isLost = false;
  /** Why the last sign-in at the provider failed, until the form has said so. @type {string | null} */
  #reason = null;

  /** @param {ConsoleParts} parts */
  constructor({ sessionUrl, title, dashboard }) {
    startPreferences();
    startTimes();
    this.#sessions = new Sessions(this.#client, sessionUrl);
    this.#sessionUrl = sessionUrl;
    this.#dashboard = dashboard;
    this.#role = sessionUrl === BACKOFFICE_SESSION ? 'ROLE_ADMIN' : 'admin';
    this.#shell = new Shell(/** @type {HTMLElement} */ (document.getElementById('console')), title, () => void this.#signOut());
    this.#channel = new SessionChannel(sessionUrl, (key) => {
      if (key !== (this.#entered?.key ?? '')) void this.check();
    });
  }

  async start() {
    // A page in the back-forward cache must let go of what it shares, and start over when it comes back.
    addEventListener('pagehide', () => this.#leave());
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      this.#signingOut = false; // back from the provider
      void this.check();
    });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void this.check(); });
    this.#shell.main.replaceChildren(loadingState(8));
    await features.try();
    document.documentElement.dataset.lacks = features.missing.join(' ');
    this.#renewal = new SessionRenewal(this.#sessions, this.#sessionUrl, features.locks);
    this.#reason = features.takeParameter('sign_in');
    await this.check();
  }

  /** Shows the dashboard of the user who is signed in; the form where there is none. */
  async check() {
    if (this.#checking || this.#signingOut || !this.#renewal) return;
    this.#checking = true;
    clearTimeout(this.#again);
    try {
      const session = await this.#renewal.current();
      if (!this.#signingOut) this.#enter(session);
    } catch (thrown) {
      if (!this.#signingOut) this.#checkFailed(Problem.from(thrown));
    } finally {
      this.#checking = false;
    }
  }

  /**
   * A dashboard stays, and reads again by itself; a page that has none asks again until it knows who is signed in.
   * @param {Problem} problem
   */
  #checkFailed(problem) {
    if (problem.status === 401) {
      if (problem.code !== 'UNAUTHENTICATED') this.#reason = problem.code;
      return this.#signedOut();
    }
    if (this.#entered) return;
    const failure = `${problem.status} ${problem.code}`;
    // The same error is not drawn again: a reader of its button keeps the focus.
    if (this.#failure !== failure) this.#shell.main.replaceChildren(errorState(problem, () => void this.check()));
    this.#failure = failure;
    this.#shell.light.show(problem.status === 403 ? 'forbidden' : 'reconnecting');
    this.#again = setTimeout(() => void this.check(), this.#backoff.next(problem.retryAfter));
  }

  /** @param {SessionInfo} session */
  #enter(session) {
    const key = keyOf(session);
    if (key === this.#entered?.key && !this.#isLost) return;
    this.#isLost = false;
    this.#reason = null;
    this.#leave();
    this.#backoff.reset();
    // Somebody else's chat would only be "not found".
    if (this.#lastKey && this.#lastKey !== key) features.forgetPlace();
    this.#lastKey = key;
    this.#shell.showSession(session);
    this.#shell.light.show('connecting');
    const dashboard = this.#dashboard({
      client: this.#client, session, shell: this.#shell,
      onProblem: (problem) => {
        if (problem.status !== 401 || this.#entered?.key !== key) return;
        if (typeof session.renewal_due === 'boolean') this.#lost();
        else this.#signedOut();
      },
      check: (isLost = false) => (isLost ? this.#lost() : void this.check()),
    });
    this.#entered = { key, dashboard };
    this.#channel.tell(key);
  }

  /** A token has expired. It may have been renewed, or be renewable. */
  #lost() {
    this.#isLost = true;
    void this.check();
  }

  /** Nothing of the user who was here stays on the page. */
  #leave() {
    this.#entered?.dashboard.stop();
    this.#entered = null;
    this.#failure = '';
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    this.#shell.main.replaceChildren();
    this.#shell.showSession(null);
  }

  #signedOut(wasIn = this.#entered !== null) {
    this.#shell.light.show('signed-out');
    if (this.#shell.main.querySelector('form')) return;
    this.#leave();
    const form = new SignInForm((token) => this.#sessions.signIn(token), (session) => {
      this.#enter(session);
      this.#shell.main.focus();
    }, features.has('cookies'), this.#role);
    this.#shell.main.replaceChildren(form.element);
    form.focus();
    const reason = providerReason(this.#reason, location.origin);
    if (reason) form.explain(reason);
    this.#reason = null;
    void this.#offerProvider(form);
    if (wasIn) this.#channel.tell('');
  }

  /** @param {SignInForm} form */
  async #offerProvider(form) {
    try {
      const provider = await this.#sessions.provider();
      if (provider) form.offer(provider.name, () => this.#sessions.startAddress(location.hash));
    } catch {
      // The service is away. The next look at who is signed in draws that, and the token form stays.
    }
  }

  async #signOut() {
    this.#signingOut = true;
    this.#leave();
    this.#shell.light.show('paused');
    this.#shell.main.replaceChildren(loadingState(3));
    /** @type {string | null} */
    let atProvider;
    try {
      atProvider = await this.#sessions.signOut();
    } catch (thrown) {
      // The cookie may still be there. The page says so, and shows nothing of the user until the user decides.
      this.#shell.main.replaceChildren(signOutFailedState(Problem.from(thrown), () => void this.#signOut(), () => this.#stay()));
      this.#shell.main.focus();
      return;
    }
    features.forgetPlace();
    if (atProvider) {
      // The provider sends the browser back to this page.
      this.#channel.tell('');
      return location.assign(atProvider);
    }
    this.#signingOut = false;
    this.#signedOut(true);
  }

  #stay() {
    this.#signingOut = false;
    this.#shell.main.replaceChildren(loadingState(8));
    void this.check();
  }
}
