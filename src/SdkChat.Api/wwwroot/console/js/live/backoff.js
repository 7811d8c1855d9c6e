const FIRST = 1000;
const LONGEST = 60_000; // milliseconds

/** How long to wait before the next try: doubled each time, and jittered so that a thousand tabs do not come back at once. */
export class Backoff {
  #random;
  #longest;
  #tries = 0;

  /**
   * @param {() => number} [random] from 0 up to 1
   * @param {number} [longest] milliseconds
   */
  constructor(random = Math.random, longest = LONGEST) {
    this.#random = random;
    this.#longest = longest;
  }

  reset() {
    this.#tries = 0;
  }

  /**
   * @param {number | null} [retryAfter] seconds that the service asked for; never less than those
   * @returns {number} milliseconds
   */
  next(retryAfter = null) {
    const most = Math.min(this.#longest, FIRST * 2 ** Math.min(this.#tries++, 10));
    const jittered = most / 2 + (this.#random() * most) / 2;
    return retryAfter === null ? jittered : Math.max(jittered, retryAfter * 1000 * (1 + this.#random() / 4));
  }
}
