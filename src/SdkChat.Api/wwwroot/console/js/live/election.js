/**
 * Elects one of many tabs with a Web Lock: whoever holds the lock leads, the browser hands it on when that tab goes.
 * Without locks (`channel-election.js` stands in where there are channels) every tab leads itself.
 */
export class Election {
  #locks;
  #name;
  #onElected;
  #onDeposed;
  /** @type {AbortController | null} */
  #queue = null;
  /** @type {(() => void) | null} */
  #abdicate = null;
  #stands = false;

  /**
   * @param {Pick<LockManager, 'request'> | undefined} locks
   * @param {string} name
   * @param {{ onElected: () => void, onDeposed: () => void }} listener
   */
  constructor(locks, name, { onElected, onDeposed }) {
    this.#locks = locks;
    this.#name = name;
    this.#onElected = onElected;
    this.#onDeposed = onDeposed;
  }

  get leads() {
    return this.#abdicate !== null;
  }

  /** Stands in line. */
  join() {
    this.#stands = true;
    if (!this.#locks) {
      void this.#reign();
      return;
    }
    this.#queue = new AbortController();
    this.#request({ signal: this.#queue.signal });
  }

  /** Takes the lead from a tab that does not answer any more. */
  seize() {
    if (this.leads || !this.#locks) return;
    this.#queue?.abort();
    this.#queue = null;
    this.#request({ steal: true });
  }

  leave() {
    this.#stands = false;
    this.#queue?.abort();
    this.#queue = null;
    this.#abdicate?.();
    this.#abdicate = null;
  }

  /** @param {LockOptions} options */
  #request(options) {
    let reigned = false;
    const reign = () => {
      reigned = true;
      return this.#reign();
    };
    this.#locks?.request(this.#name, options, reign).catch(() => {
      // Aborted in the queue, that was `leave` or `seize`.
      if (!reigned && (!this.#stands || options.signal?.aborted)) return;
      // While leading, another tab took the lock; before that, the browser refused it, and the tab leads itself.
      this.#abdicate = null;
      if (reigned) this.#onDeposed();
      else void this.#reign();
    });
  }

  /** @returns {Promise<void>} settles when the lead ends */
  #reign() {
    const reign = /** @type {Promise<void>} */ (new Promise((resolve) => { this.#abdicate = () => resolve(); }));
    this.#onElected();
    return reign;
  }
}
