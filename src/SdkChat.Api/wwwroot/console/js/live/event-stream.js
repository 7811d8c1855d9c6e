import { systemClock } from './clock.js';
import { Watchdog } from './watchdog.js';

/** No ping for so long means that nobody is there any more; pings come every 25 s. */
export const SILENCE = 60_000;
const CLOSED = 2;

/** What the stream is asked for. A node of the version before sends the completions and triggers alone. */
export const EVENTS = /** @type {const} */ (['chat_started', 'chat_completed', 'chat_failed', 'chat_ended', 'backlist_triggered']);

/**
 * The part of `EventSource` that is used.
 * @typedef {object} Source
 * @property {number} readyState
 * @property {(name: string, listener: (event: any) => void) => void} addEventListener
 * @property {() => void} close
 */

/**
 * @typedef {object} StreamListener
 * @property {(state: import('./connection.js').Connection) => void} onState
 * @property {() => void} onReady whatever happened before must be read from the list now
 * @property {(name: string, data: string) => void} onEvent
 * @property {() => void} onPing
 */

/**
 * One stream that stays open whatever happens: `EventSource` comes back by itself from a lost connection, and this class
 * brings it back from the rest: an answer that makes it give up for good, and a connection that died without a word.
 */
export class EventStream {
  #open;
  #probe;
  #listener;
  #backoff;
  #clock;
  #watchdog;
  /** @type {Source | null} */
  #source = null;
  /** @type {number | null} */
  #timer = null;
  #stopped = true;

  /**
   * @param {object} parts
   * @param {() => Source} parts.open
   * @param {Pick<import('./verdict.js').StreamProbe, 'ask'>} parts.probe
   * @param {StreamListener} parts.listener
   * @param {import('./backoff.js').Backoff} parts.backoff
   * @param {import('./clock.js').Clock} [parts.clock]
   */
  constructor({ open, probe, listener, backoff, clock = systemClock }) {
    this.#open = open;
    this.#probe = probe;
    this.#listener = listener;
    this.#backoff = backoff;
    this.#clock = clock;
    this.#watchdog = new Watchdog(SILENCE, () => this.#reopen(), clock);
  }

  start() {
    this.#stopped = false;
    this.#listener.onState('connecting');
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    this.#drop();
  }

  /** Now, without waiting for the next try: the network is back. */
  hurry() {
    if (!this.#stopped && this.#timer !== null) this.#reopen();
  }

  #drop() {
    this.#watchdog.stop();
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
    this.#source?.close();
    this.#source = null;
  }

  #reopen() {
    this.#drop();
    this.#listener.onState('reconnecting');
    this.#connect();
  }

  #connect() {
    const source = this.#open();
    this.#source = source;
    this.#watchdog.feed();
    /** @param {string} name @param {(data: string) => void} run */
    const on = (name, run) => source.addEventListener(name, (event) => {
      if (source !== this.#source) return; // closed meanwhile
      this.#watchdog.feed();
      run(event.data);
    });
    on('ready', () => this.#ready());
    on('ping', () => this.#listener.onPing());
    for (const name of EVENTS) on(name, (data) => this.#listener.onEvent(name, data));
    source.addEventListener('error', () => {
      if (source === this.#source) this.#failed(source);
    });
  }

  #ready() {
    this.#backoff.reset();
    this.#listener.onState('live');
    this.#listener.onReady();
  }

  /** @param {Source} source */
  #failed(source) {
    if (source.readyState === CLOSED) void this.#ask();
    else this.#listener.onState('reconnecting'); // it comes back by itself, and the watchdog sees to it that it does
  }

  async #ask() {
    this.#drop();
    const before = this.#source;
    const verdict = await this.#probe.ask();
    if (this.#stopped || this.#source !== before || this.#timer !== null) return;
    this.#listener.onState(verdict.state);
    // Signed out, nothing can help but a new token, and the page asks for that.
    if (verdict.state === 'signed-out') return;
    this.#timer = this.#clock.after(() => {
      this.#timer = null;
      this.#connect();
    }, this.#backoff.next(verdict.retryAfter));
  }
}
