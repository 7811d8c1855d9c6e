/** @typedef {'csv' | 'ndjson'} ExportFormat */

/** Parts are handed to the browser in pieces of this size, which it may keep on disk. */
const PIECE = 4 * 1024 * 1024;
const [QUOTE, LINE_FEED] = [0x22, 0x0a];
const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;

/**
 * The rows of an export that have arrived whole. Bytes after the last whole row wait for the rest, and are dropped when the download is
 * resumed: the service sends that row again. In CSV a line feed in quotes is text, and each response begins with the header.
 */
export class ExportRows {
  #isCsv;
  /** @type {BlobPart[]} */
  #parts = [];
  #bytes = 0;
  /** @type {Uint8Array<ArrayBuffer>[]} bytes since the last row */
  #pending = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #last = [];
  /** @type {string[]} the columns of a CSV file */
  #header = [];
  #inQuotes = false;
  #awaitsHeader = false;
  rows = 0;

  /** @param {ExportFormat} format */
  constructor(format) {
    this.#isCsv = format === 'csv';
  }

  /** The position to go on from: the contract's `created_at,chat_id` of the last row; '' before the first. */
  get cursor() {
    if (this.rows === 0) return '';
    const line = textOf(this.#last);
    const row = this.#isCsv ? Object.fromEntries(cellsOf(line).map((cell, n) => [this.#header[n], cell])) : JSON.parse(line);
    return `${row.created_at},${row.chat_id}`;
  }

  /** Before the bytes of each response. */
  begin() {
    if (this.rows === 0) [this.#parts, this.#bytes, this.#header] = [[], 0, []];
    this.#pending = [];
    this.#inQuotes = false;
    this.#awaitsHeader = this.#isCsv;
  }

  /** @param {Uint8Array<ArrayBuffer>} part @returns {number} rows so far */
  add(part) {
    let [kept, row] = [0, 0];
    for (let at = 0; at < part.length; at++) {
      if (part[at] === QUOTE && this.#isCsv) this.#inQuotes = !this.#inQuotes; // a doubled quote turns it off and on
      if (part[at] !== LINE_FEED || this.#inQuotes) continue;
      const line = [...(row === 0 ? this.#pending : []), part.subarray(row, at + 1)];
      row = at + 1;
      if (!this.#awaitsHeader) [this.#last, this.rows] = [line, this.rows + 1];
      else if (this.#readHeader(line)) [this.#pending, kept] = [[], row];
    }
    if (row > 0) {
      this.#keep([...this.#pending, part.subarray(kept, row)]);
      this.#pending = [];
    }
    if (row < part.length) this.#pending.push(part.subarray(row));
    return this.rows;
  }

  /** @param {string} type */
  file(type) {
    return new Blob([...this.#parts, ...this.#pending], { type });
  }

  /** @param {Uint8Array[]} line @returns {boolean} whether the file has it already */
  #readHeader(line) {
    this.#awaitsHeader = false;
    if (this.#header.length) return true;
    this.#header = cellsOf(textOf(line));
    return false;
  }

  /** @param {Uint8Array<ArrayBuffer>[]} parts */
  #keep(parts) {
    this.#parts.push(...parts);
    this.#bytes += parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#bytes >= PIECE) [this.#parts, this.#bytes] = [[new Blob(this.#parts)], 0];
  }
}

/** Without the byte order mark. @param {Uint8Array[]} parts */
function textOf(parts) {
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
}

/** @param {string} line @returns {string[]} */
const cellsOf = (line) => [...line.trimEnd().matchAll(CELL)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
