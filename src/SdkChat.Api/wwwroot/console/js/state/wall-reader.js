import { todayAndWeekAgo } from '../app/overview-route.js';
import { NO_FILTER } from '../api/chats.js';
import { Problem } from '../api/problem.js';
import { systemClock } from '../live/clock.js';
import { Coalescer } from '../live/coalescer.js';
import { Store } from './store.js';

/** @import { Stats, Waiting } from '../api/stats.js' */
/** @import { ChatRow } from '../api/types.js' */

/** At most one read in this time, however many events ask for it. */
export const WALL_GAP = 2_000;
/** Failures that are listed. */
const FAILURES = 6;

/**
 * What a wall shows; null is not known.
 * @typedef {object} WallNumbers
 * @property {Waiting | null} waiting
 * @property {Stats | null} today
 * @property {ChatRow[] | null} failures the latest
 * @property {number} readAt when this was read, by the device's clock; 0 for never
 * @property {Problem | null} problem why the last read failed
 */

/** @type {WallNumbers} */
const NOTHING = { waiting: null, today: null, failures: null, readAt: 0, problem: null };

/** Keeps the numbers of a wall. What was read stays during an outage, except where it may not be seen any more. */
export class WallReader {
  #stats;
  #chats;
  #onProblem;
  #now;
  #again;
  /** @type {Store<WallNumbers>} */
  numbers;

  /**
   * @param {object} parts
   * @param {Pick<import('../api/stats.js').StatsReader, 'stats' | 'waiting'>} parts.stats
   * @param {Pick<import('../api/chats.js').Chats, 'newest' | 'page'>} parts.chats
   * @param {(problem: Problem) => void} parts.onProblem
   * @param {import('../live/clock.js').Clock} [parts.clock]
   * @param {() => Date} [parts.now]
   * @param {import('./store.js').Frame} [parts.frame]
   */
  constructor({ stats, chats, onProblem, clock = systemClock, now = () => new Date(), frame }) {
    this.#stats = stats;
    this.#chats = chats;
    this.#onProblem = onProblem;
    this.#now = now;
    this.#again = new Coalescer(() => this.#read(), WALL_GAP, clock);
    this.numbers = new Store(NOTHING, frame);
  }

  refresh() {
    this.#again.ask();
  }

  stop() {
    this.#again.stop();
    this.numbers.set(NOTHING);
  }

  async #read() {
    try {
      const [waiting, today, failures] = await Promise.all([
        this.#stats.waiting(), this.#stats.stats(todayAndWeekAgo(this.#now()).today, 'day'),
        this.#chats.page(this.#chats.newest({ ...NO_FILTER, status: 'error' }, FAILURES)),
      ]);
      this.numbers.set({ waiting, today, failures: failures.data.items, readAt: this.#now().getTime(), problem: null });
    } catch (thrown) {
      const problem = Problem.from(thrown);
      const mayNotSee = problem.status === 401 || problem.status === 403;
      this.numbers.set(mayNotSee ? { ...NOTHING, problem } : { ...this.numbers.value, problem });
      this.#onProblem(problem);
    }
  }
}
