import { Problem } from '../api/problem.js';
import { instantsOf, todayAndWeekAgo } from '../app/overview-route.js';
import { Coalescer } from '../live/coalescer.js';
import { systemClock } from '../live/clock.js';
import { Store } from './store.js';

/** @import { Stats, StatsReader, Waiting } from '../api/stats.js' */
/** @import { Plan } from '../app/overview-route.js' */

/** At most one read in this time, however many events ask for it. */
export const OVERVIEW_GAP = 5_000;
/** What changes little is read less often. */
export const SLOW_GAP = 60_000;

/**
 * What the overview shows; null is not known.
 * @typedef {object} Overview
 * @property {Plan} plan
 * @property {Waiting | null} waiting
 * @property {Stats | null} today
 * @property {Stats | null} weekAgo
 * @property {Stats | null} range of the plan
 * @property {Problem | null} problem why the last read failed
 */

const NOTHING = { waiting: null, today: null, weekAgo: null, range: null };

/** Keeps the numbers of the overview while it is looked at. */
export class OverviewReader {
  #stats;
  #onProblem;
  #clock;
  #now;
  #again;
  #slowAt = -Infinity;
  /** @type {Store<Overview>} */
  overview;

  /**
   * @param {object} parts
   * @param {Pick<StatsReader, 'stats' | 'waiting'>} parts.stats
   * @param {(problem: Problem) => void} parts.onProblem
   * @param {Plan} parts.plan
   * @param {import('../live/clock.js').Clock} [parts.clock]
   * @param {() => Date} [parts.now]
   * @param {import('./store.js').Frame} [parts.frame]
   */
  constructor({ stats, onProblem, plan, clock = systemClock, now = () => new Date(), frame }) {
    this.#stats = stats;
    this.#onProblem = onProblem;
    this.#clock = clock;
    this.#now = now;
    this.#again = new Coalescer(() => this.#read(), OVERVIEW_GAP, clock);
    this.overview = new Store(/** @type {Overview} */ ({ plan, ...NOTHING, problem: null }), frame);
  }

  /** @param {Plan} plan */
  async show(plan) {
    const shown = this.overview.value.plan;
    if (plan.span === shown.span && plan.unit === shown.unit && plan.profileId === shown.profileId) return;
    if (plan.profileId !== shown.profileId) {
      this.#slowAt = -Infinity;
      this.overview.patch({ plan, ...NOTHING, problem: null });
      this.#again.ask();
      return;
    }
    this.overview.patch({ plan, range: null });
    try {
      await this.#readRange();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** Reads again, soon. */
  refresh() {
    this.#again.ask();
  }

  stop() {
    this.#again.stop();
  }

  async #read() {
    const { today: range, weekAgo: before } = todayAndWeekAgo(this.#now());
    const { plan } = this.overview.value;
    const isSlow = this.#clock.now() - this.#slowAt >= SLOW_GAP;
    try {
      const [waiting, today, weekAgo] = await Promise.all([
        this.#stats.waiting(plan.profileId), this.#stats.stats(range, 'day', plan.profileId),
        isSlow ? this.#stats.stats(before, 'day', plan.profileId) : this.overview.value.weekAgo,
      ]);
      if (this.overview.value.plan.profileId !== plan.profileId) return; // another shopper's by now
      this.overview.patch({ waiting, today, weekAgo, problem: null });
      if (!isSlow) return;
      await this.#readRange();
      this.#slowAt = this.#clock.now();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  async #readRange() {
    const { plan } = this.overview.value;
    const range = await this.#stats.stats(instantsOf(plan.span, this.#now()), plan.unit, plan.profileId, true);
    if (this.overview.value.plan === plan) this.overview.patch({ range, problem: null });
  }

  /** What was read stays, except where it may not be seen any more. @param {unknown} thrown */
  #failed(thrown) {
    const problem = Problem.from(thrown);
    const nothing = problem.status === 403 ? NOTHING : {};
    this.overview.patch({ ...nothing, problem });
    this.#onProblem(problem);
  }
}
