import { problemOf } from './client.js';
import { Problem } from './problem.js';

/** @typedef {'csv' | 'ndjson'} ExportFormat */
/** @typedef {{ file: Blob, name: string, rows: number }} Export */

/** Parts are handed to the browser in pieces of this size, which it may keep on disk. */
const PIECE = 4 * 1024 * 1024;
const [QUOTE, LINE_FEED] = [0x22, 0x0a];

/**
 * Reads an export to its end. The service aborts one that fails midway, so a file that is returned is complete.
 * @param {string} url
 * @param {object} options
 * @param {ExportFormat} options.format
 * @param {AbortSignal} options.signal
 * @param {(rows: number) => void} options.onRows how many chats have come so far
 * @param {typeof fetch} [options.fetcher]
 * @returns {Promise<Export>} rejects with a Problem
 */
export async function readExport(url, { format, signal, onRows, fetcher = (input, init) => fetch(input, init) }) {
  try {
    const response = await fetcher(url, { credentials: 'same-origin', signal });
    if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
    const counter = new RowCounter(format);
    const file = await collect(response, (part) => onRows(counter.add(part)));
    return { file, name: nameOf(response, format), rows: counter.rows };
  } catch (thrown) {
    throw Problem.from(thrown);
  }
}

/** @param {Response} response @param {(part: Uint8Array) => void} onPart */
async function collect(response, onPart) {
  /** @type {BlobPart[]} */
  let parts = [];
  let bytes = 0;
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    if (bytes >= PIECE) [parts, bytes] = [[new Blob(parts)], 0];
    onPart(value);
  }
  return new Blob(parts, { type: response.headers.get('Content-Type') ?? '' });
}

/** Counts the rows of a file while it comes: in CSV a line feed in quotes is text, and the first line is the header. */
export class RowCounter {
  #lines = 0;
  #inQuotes = false;
  #isCsv;

  /** @param {ExportFormat} format */
  constructor(format) {
    this.#isCsv = format === 'csv';
  }

  get rows() {
    return Math.max(0, this.#lines - (this.#isCsv ? 1 : 0));
  }

  /** @param {Uint8Array} part @returns {number} rows so far */
  add(part) {
    for (const byte of part) {
      if (byte === QUOTE && this.#isCsv) this.#inQuotes = !this.#inQuotes; // a doubled quote turns it off and on
      else if (byte === LINE_FEED && !this.#inQuotes) this.#lines++;
    }
    return this.rows;
  }
}

/** @param {Response} response @param {ExportFormat} format */
const nameOf = (response, format) => response.headers.get('Content-Disposition')?.match(/filename="([\w.-]+)"/)?.[1] ?? `chats.${format}`;
