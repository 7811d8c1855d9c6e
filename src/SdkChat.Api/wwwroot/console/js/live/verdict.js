import { Problem } from '../api/problem.js';

/**
 * Why a stream was refused.
 * @typedef {object} Verdict
 * @property {'signed-out' | 'forbidden' | 'too-many' | 'offline' | 'reconnecting'} state
 * @property {number | null} retryAfter seconds
 */

/**
 * `EventSource` does not say why it gave up. The list answers with the same credential, so it is asked first; the limit on
 * streams is the stream's own, and only a request to the stream itself can see that one.
 */
export class StreamProbe {
  #list;
  #stream;
  #isOnline;

  /**
   * @param {() => Promise<unknown>} list rejects with a Problem
   * @param {() => Promise<unknown>} stream the same, for the stream's URL; lets go of it at once if it opens
   * @param {() => boolean} [isOnline]
   */
  constructor(list, stream, isOnline = () => navigator.onLine) {
    this.#list = list;
    this.#stream = stream;
    this.#isOnline = isOnline;
  }

  /** @returns {Promise<Verdict>} */
  async ask() {
    try {
      await this.#list();
      await this.#stream();
      return { state: 'reconnecting', retryAfter: null };
    } catch (error) {
      return this.#judge(Problem.from(error));
    }
  }

  /**
   * @param {Problem} problem
   * @returns {Verdict}
   */
  #judge({ status, retryAfter }) {
    switch (status) {
      case 401: return { state: 'signed-out', retryAfter: null };
      case 403: return { state: 'forbidden', retryAfter: retryAfter ?? 30 };
      case 429: return { state: 'too-many', retryAfter: retryAfter ?? 30 };
      case 0: return { state: this.#isOnline() ? 'reconnecting' : 'offline', retryAfter: null };
      default: return { state: 'reconnecting', retryAfter };
    }
  }
}
