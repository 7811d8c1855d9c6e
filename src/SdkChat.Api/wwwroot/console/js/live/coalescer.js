import { systemClock } from './clock.js';

/**
 * Runs a piece of work that many ask for: never twice at a time, at most once in `gap`, and always once after the last
 * who asked. A thousand events cost a handful of runs.
 */
export class Coalescer {
  #work;
  #gap;
  #clock;
  #running = false;
  #wanted = false;
  #stopped = false;
  #last = -Infinity;
  /** @type {number | null} */
  #timer = null;

  /**
   * @param {() => Promise<void>} work
   * @param {number} gap milliseconds from one start to the next
   * @param {import('./clock.js').Clock} [clock]
   */
  constructor(work, gap, clock = systemClock) {
    this.#work = work;
    this.#gap = gap;
    this.#clock = clock;
  }

  ask() {
    this.#wanted = true;
    this.#plan();
  }

  stop() {
    this.#stopped = true;
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
  }

  #plan() {
    if (this.#running || this.#stopped || this.#timer !== null) return;
    const wait = this.#last + this.#gap - this.#clock.now();
    if (wait <= 0) void this.#run();
    else {
      this.#timer = this.#clock.after(() => {
        this.#timer = null;
        void this.#run();
      }, wait);
    }
  }

  async #run() {
    if (this.#stopped) return;
    this.#running = true;
    this.#wanted = false;
    this.#last = this.#clock.now();
    try {
      await this.#work();
    } finally {
      this.#running = false;
      if (this.#wanted) this.#plan();
    }
  }
}
