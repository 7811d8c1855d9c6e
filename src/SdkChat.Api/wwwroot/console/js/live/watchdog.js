import { systemClock } from './clock.js';

/** Barks when it has not been fed for too long. A dead connection looks exactly like a quiet one, but for the pings. */
export class Watchdog {
  #silence;
  #bark;
  #clock;
  #fed = 0;
  /** @type {number | null} */
  #timer = null;

  /**
   * @param {number} silence milliseconds
   * @param {() => void} bark called once; then it wants `feed` again
   * @param {import('./clock.js').Clock} [clock]
   */
  constructor(silence, bark, clock = systemClock) {
    this.#silence = silence;
    this.#bark = bark;
    this.#clock = clock;
  }

  /** Cheap enough for every event: the timer is not moved, it looks again when it rings. */
  feed() {
    this.#fed = this.#clock.now();
    this.#timer ??= this.#clock.after(() => this.#ring(), this.#silence);
  }

  stop() {
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  #ring() {
    this.#timer = null;
    const left = this.#fed + this.#silence - this.#clock.now();
    if (left > 0) this.#timer = this.#clock.after(() => this.#ring(), left);
    else this.#bark();
  }
}
