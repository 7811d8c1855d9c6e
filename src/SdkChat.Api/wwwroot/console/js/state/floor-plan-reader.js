import { Problem } from '../api/problem.js';
import { Store } from './store.js';

/** @import { FloorPlan } from '../api/types.js' */

/** A plan changes rarely. */
export const PLAN_GAP = 60_000;

/** Keeps the shop's floor plan: null until it is known, and where the shop has none. */
export class FloorPlanReader {
  #load;
  #onProblem;
  #clock;
  #readAt = -Infinity;
  /** @type {Store<{ plan: FloorPlan | null }>} */
  shown;

  /**
   * @param {() => Promise<FloorPlan | null>} load
   * @param {(problem: Problem) => void} onProblem
   * @param {Pick<import('../live/clock.js').Clock, 'now'>} clock
   * @param {import('./store.js').Frame} [frame]
   */
  constructor(load, onProblem, clock, frame) {
    this.#load = load;
    this.#onProblem = onProblem;
    this.#clock = clock;
    this.shown = new Store(/** @type {{ plan: FloorPlan | null }} */ ({ plan: null }), frame);
  }

  /** Reads it again when the last read is a minute old. A plan that cannot be read stays as it is. */
  async refresh() {
    if (this.#clock.now() - this.#readAt < PLAN_GAP) return;
    this.#readAt = this.#clock.now();
    try {
      this.changed(await this.#load());
    } catch (thrown) {
      this.#readAt = -Infinity;
      this.#onProblem(Problem.from(thrown));
    }
  }

  /** @param {FloorPlan | null} plan as the service has it now */
  changed(plan) {
    if (plan?.version !== this.shown.value.plan?.version) this.shown.patch({ plan });
  }
}
