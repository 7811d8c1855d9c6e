import { Backoff } from '../live/backoff.js';
import { systemClock } from '../live/clock.js';
import { problemOf } from './client.js';
import { ExportRows } from './export-rows.js';
import { Problem } from './problem.js';

/** @import { ExportFormat } from './export-rows.js' */

/** @typedef {{ file: Blob, name: string, rows: number }} Export */

/** Tries in a row that bring no row, before the reader is asked: more than a minute. */
const MOST_TRIES = 12;
const LONGEST_WAIT = 10_000;
/** Status 0: no response. */
const UNAVAILABLE = new Set([0, 502, 503, 504]);

/**
 * A download of an export. When the connection breaks it goes on after the last row that arrived whole, so a row comes neither twice nor
 * not at all. The service aborts an export that fails midway, so a file that is returned is complete.
 */
export class ExportDownload {
  #url;
  #rows;
  #format;
  #fetch;
  #clock;
  #name = '';
  #type = '';
  #backoff;

  /**
   * @param {string} url the same for all its parts: it holds the instants of the filter
   * @param {ExportFormat} format
   * @param {object} [parts]
   * @param {typeof fetch} [parts.fetcher]
   * @param {import('../live/clock.js').Clock} [parts.clock]
   * @param {() => number} [parts.random]
   */
  constructor(url, format, { fetcher = (input, init) => fetch(input, init), clock = systemClock, random } = {}) {
    this.#url = url;
    this.#format = format;
    this.#rows = new ExportRows(format);
    this.#fetch = fetcher;
    this.#clock = clock;
    this.#backoff = new Backoff(random, LONGEST_WAIT);
  }

  /** Chats that have arrived. */
  get rows() {
    return this.#rows.rows;
  }

  /**
   * Reads to the end, over broken connections. A call after a failure goes on after the last row.
   * @param {object} options
   * @param {AbortSignal} options.signal
   * @param {(rows: number) => void} options.onRows how many chats have come so far
   * @param {(rows: number) => void} options.onLost the connection was lost; the download continues automatically
   * @returns {Promise<Export>} rejects with a Problem
   */
  async read({ signal, onRows, onLost }) {
    this.#backoff.reset();
    for (let tries = 1; ; tries++) {
      const before = this.rows;
      try {
        await this.#readOnce(signal, onRows);
        return { file: this.#rows.file(this.#type), name: this.#name, rows: this.rows };
      } catch (thrown) {
        const problem = Problem.from(thrown);
        if (this.rows > before) {
          tries = 0;
          this.#backoff.reset();
        }
        if (signal.aborted || tries >= MOST_TRIES || !this.#isTransient(problem)) throw problem;
        onLost(this.rows);
        await this.#pause(this.#backoff.next(problem.retryAfter), signal);
      }
    }
  }

  /** @param {AbortSignal} signal @param {(rows: number) => void} onRows */
  async #readOnce(signal, onRows) {
    const { cursor } = this.#rows;
    const response = await this.#fetch(cursor ? `${this.#url}&${new URLSearchParams({ cursor })}` : this.#url,
      { credentials: 'same-origin', signal });
    if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
    this.#name ||= nameOf(response, this.#format);
    this.#type = response.headers.get('Content-Type') ?? '';
    this.#rows.begin();
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onRows(this.#rows.add(value));
    }
  }

  /**
   * Whether a later attempt may succeed: no response, or the service is unavailable. After rows have arrived, 429 may be caused by the
   * broken connection's own export, which the service has not ended yet.
   * @param {Problem} problem
   */
  #isTransient({ status }) {
    return UNAVAILABLE.has(status) || (status === 429 && this.rows > 0);
  }

  /** @param {number} wait milliseconds @param {AbortSignal} signal @returns {Promise<void>} also when it is aborted */
  #pause(wait, signal) {
    return new Promise((resolve) => {
      const timer = this.#clock.after(() => resolve(), wait);
      signal.addEventListener('abort', () => {
        this.#clock.cancel(timer);
        resolve();
      }, { once: true });
    });
  }
}

/** @param {Response} response @param {ExportFormat} format */
const nameOf = (response, format) => response.headers.get('Content-Disposition')?.match(/filename="([\w.-]+)"/)?.[1] ?? `chats.${format}`;
