import { Problem } from '../api/problem.js';
import { systemClock } from '../live/clock.js';

/** @import { ChatRow } from '../api/types.js' */
/** @import { AlertSettings } from './alert-settings.js' */

export const WATCH_EVERY = 30_000;
/** The share of failures is that of the chats of this time, when there are enough to speak of a share. */
export const RATE_MINUTES = 15;
export const FEWEST = 10;
const MOST_KNOWN = 500;

/**
 * @typedef {object} WatchSource
 * @property {(seconds: number) => Promise<{ total: number, newest: ChatRow | null }>} waitingLonger chats without an answer for so long
 * @property {(minutes: number) => Promise<{ total: number, error: number }>} recent numbers of the chats of the last minutes
 *
 * @typedef {object} WatchListener
 * @property {(chat: ChatRow, total: number) => void} onWaiting a chat that was not announced before, and how many there are
 * @property {(share: number, total: number) => void} onRate the share of failures has reached the limit
 * @property {(problem: Problem) => void} onProblem
 */

/** The rules that no event answers. They are looked at also while the page is hidden: that is what alerts are for. */
export class AlertWatch {
  #source;
  #settings;
  #listener;
  #clock;
  /** @type {Set<string>} */
  #announced = new Set();
  #isHigh = false;
  /** @type {number | null} */
  #timer = null;

  /**
   * @param {WatchSource} source
   * @param {() => AlertSettings} settings
   * @param {WatchListener} listener
   * @param {import('../live/clock.js').Clock} [clock]
   */
  constructor(source, settings, listener, clock = systemClock) {
    this.#source = source;
    this.#settings = settings;
    this.#listener = listener;
    this.#clock = clock;
  }

  start() {
    this.#timer = this.#clock.after(() => {
      this.start();
      void this.check();
    }, WATCH_EVERY);
  }

  stop() {
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  async check() {
    const { on, waiting, rate } = this.#settings();
    try {
      if (on && waiting) await this.#checkWaiting();
      if (on && rate) await this.#checkRate();
    } catch (thrown) {
      this.#listener.onProblem(Problem.from(thrown));
    }
  }

  async #checkWaiting() {
    const { total, newest } = await this.#source.waitingLonger(this.#settings().waitingSeconds);
    if (!newest || this.#announced.has(newest.chat_id) || this.#timer === null) return;
    this.#announced.add(newest.chat_id);
    if (this.#announced.size > MOST_KNOWN) this.#announced.delete([...this.#announced][0]);
    this.#listener.onWaiting(newest, total);
  }

  /** Once, until it was below the limit again. */
  async #checkRate() {
    const { total, error } = await this.#source.recent(RATE_MINUTES);
    const isHigh = total >= FEWEST && (error / total) * 100 >= this.#settings().ratePercent;
    if (isHigh && !this.#isHigh && this.#timer !== null) this.#listener.onRate(error / total, total);
    this.#isHigh = isHigh;
  }
}
