import { systemClock } from './clock.js';

/**
 * Does something at an interval while the page is visible, and at once when it becomes visible again: the fall-back where there is no
 * stream, and in the backoffice.
 */
export class Poller {
  #work;
  #every;
  #clock;
  #document;
  /** @type {number | null} */
  #timer = null;
  #onVisible = () => this.#visibility();

  /**
   * @param {() => void} work
   * @param {number} every milliseconds
   * @param {import('./clock.js').Clock} [clock]
   * @param {Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>} [page]
   */
  constructor(work, every, clock = systemClock, page = document) {
    this.#work = work;
    this.#every = every;
    this.#clock = clock;
    this.#document = page;
  }

  start() {
    this.#document.addEventListener('visibilitychange', this.#onVisible);
    if (!this.#document.hidden) this.#next();
  }

  stop() {
    this.#document.removeEventListener('visibilitychange', this.#onVisible);
    this.#pause();
  }

  #visibility() {
    this.#pause();
    if (this.#document.hidden) return;
    this.#work();
    this.#next();
  }

  #pause() {
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  #next() {
    this.#timer = this.#clock.after(() => {
      this.#next();
      this.#work();
    }, this.#every);
  }
}
