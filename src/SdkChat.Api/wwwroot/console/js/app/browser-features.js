/**
 * What a browser may lack or refuse: with cookies blocked, `localStorage`, `new BroadcastChannel` or a lock throw instead of being absent.
 * Each feature is tried once, here and nowhere else; without it the page runs in the mode that docs/console.md names.
 *
 * - `storage`: theme and language are chosen again on each visit
 * - `channels`: each tab has a stream of its own, and notices within ten seconds that another one has signed out
 * - `locks`: tabs elect the one that has the stream over a channel
 * - `streams`: no stream; the list is read every ten seconds
 * - `history`: the address keeps an empty `#`
 * - `cookies`: nobody can sign in, and the form says so
 *
 * - `notifications`: alerts stay on the page; found out with the first one
 *
 * @typedef {'storage' | 'channels' | 'locks' | 'streams' | 'history' | 'cookies' | 'notifications'} Feature
 */

const TRIAL = 'sdkchat-trial';
/** A browser that neither grants nor refuses a lock has none to offer. */
const LOCK_WITHIN = 2_000;

export class BrowserFeatures {
  #scope;
  /** @type {Set<Feature>} */
  #missing = new Set();

  /** @param {any} [scope] the browser's globals */
  constructor(scope = globalThis) {
    this.#scope = scope;
  }

  /** @returns {Feature[]} what was tried and did not work */
  get missing() {
    return [...this.#missing].sort();
  }

  /** Tries everything, so that what follows need not. */
  async try() {
    this.#try('storage', () => {
      this.#scope.localStorage.setItem(TRIAL, '');
      this.#scope.localStorage.removeItem(TRIAL);
    });
    this.#try('channels', () => new this.#scope.BroadcastChannel(TRIAL).close());
    this.#try('streams', () => this.#require(typeof this.#scope.EventSource === 'function'));
    this.#try('history', () => this.#scope.history.replaceState(this.#scope.history.state, ''));
    this.#try('cookies', () => this.#tryCookie(this.#scope.document));
    await this.#tryLocks();
  }

  /** @param {Feature} feature */
  has(feature) {
    return !this.#missing.has(feature);
  }

  /** Whether the tabs of this browser can share one stream: one leads by a lock, the others hear it on a channel. */
  get canShare() {
    return this.has('locks') && this.has('channels');
  }

  /** @returns {LockManager | undefined} */
  get locks() {
    return this.canShare ? this.#scope.navigator.locks : undefined;
  }

  /** @param {string} name @returns {BroadcastChannel | null} */
  channel(name) {
    return this.#try('channels', () => new this.#scope.BroadcastChannel(name));
  }

  /** @param {string} key @returns {string | null} */
  recall(key) {
    return this.#try('storage', () => this.#scope.localStorage.getItem(key));
  }

  /** @param {string} key @param {string} value */
  remember(key, value) {
    this.#try('storage', () => this.#scope.localStorage.setItem(key, value));
  }

  /** Over plain HTTP to another machine there is no clipboard. */
  get canCopy() {
    return typeof this.#scope.navigator?.clipboard?.writeText === 'function';
  }

  /** @param {string} text @returns {Promise<boolean>} whether the browser allowed it */
  async copy(text) {
    try {
      await this.#scope.navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  /** Over plain HTTP to another machine there are no notifications; on Android they need a service worker. */
  get canNotify() {
    return this.has('notifications') && this.#scope.isSecureContext !== false && typeof this.#scope.Notification === 'function';
  }

  /** Whether the user has allowed notifications. */
  get mayNotify() {
    return this.canNotify && this.#scope.Notification.permission === 'granted';
  }

  /** Asks the user, where that is still to be decided. @returns {Promise<boolean>} whether notifications are allowed */
  async askToNotify() {
    const asked = this.canNotify ? this.#try('notifications', () => this.#scope.Notification.requestPermission()) : null;
    return (await asked) === 'granted';
  }

  /**
   * @param {string} title
   * @param {{ body: string, tag: string }} options of one tag the browser shows one
   * @param {() => void} onClick
   */
  notify(title, options, onClick) {
    if (!this.mayNotify) return;
    this.#try('notifications', () => {
      const notification = new this.#scope.Notification(title, options);
      notification.onclick = () => {
        this.#scope.focus();
        notification.close();
        onClick();
      };
    });
  }

  /** Takes a parameter out of the address, and keeps the view. @param {string} name @returns {string | null} its value */
  takeParameter(name) {
    const { location, history } = this.#scope;
    const value = new URLSearchParams(location.search).get(name);
    if (value !== null) this.#try('history', () => history.replaceState(null, '', location.pathname + location.hash));
    return value;
  }

  /** Takes away what the address says about a chat. */
  forgetPlace() {
    const { location, history } = this.#scope;
    this.#try('history', () => history.replaceState(null, '', location.pathname));
    if (!this.has('history')) location.hash = '';
  }

  /**
   * @template T
   * @param {Feature} feature
   * @param {() => T} use
   * @returns {T | null} null where the feature is missing
   */
  #try(feature, use) {
    if (!this.has(feature)) return null;
    try {
      return use();
    } catch {
      this.#missing.add(feature);
      return null;
    }
  }

  /** Chromium says that cookies are enabled also where it drops each. @param {{ cookie: string }} page */
  #tryCookie(page) {
    page.cookie = `${TRIAL}=1; SameSite=Strict`;
    const isKept = page.cookie.includes(TRIAL);
    page.cookie = `${TRIAL}=; Max-Age=0; SameSite=Strict`;
    this.#require(isKept);
  }

  async #tryLocks() {
    try {
      const granted = this.#scope.navigator.locks.request(`${TRIAL}:${Math.random()}`, {}, () => true);
      const late = new Promise((resolve) => { this.#scope.setTimeout(resolve, LOCK_WITHIN); });
      this.#require(await Promise.race([granted, late]));
    } catch {
      this.#missing.add('locks');
    }
  }

  /** @param {unknown} there */
  #require(there) {
    if (!there) throw new Error('The browser does not offer it.');
  }
}

export const features = new BrowserFeatures();
