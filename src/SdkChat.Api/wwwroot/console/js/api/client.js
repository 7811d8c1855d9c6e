import { parseLinks } from './links.js';
import { parseJson } from './json.js';
import { Problem } from './problem.js';

const PATIENCE = 15_000;
/** For an erasure, which reads and deletes all that a person has; the service does not cancel it. */
export const ERASURE_PATIENCE = 120_000;
/** For a megabyte over a slow network. */
const UPLOAD_PATIENCE = 120_000;

/**
 * @template T
 * @typedef {object} Answer
 * @property {T} data
 * @property {import('./links.js').Links} links
 */

/** Calls the service with the page's cookie, and takes its envelope apart. */
export class Client {
  #fetch;

  /** @param {typeof fetch} [fetcher] */
  constructor(fetcher = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  /**
   * @template T
   * @param {string} url
   * @returns {Promise<Answer<T>>} rejects with a Problem
   */
  get(url) {
    return this.send('GET', url);
  }

  /**
   * @template T
   * @param {string} method
   * @param {string} url
   * @param {Record<string, string>} [headers]
   * @param {object} [body] sent as JSON
   * @param {number} [patience] milliseconds
   * @returns {Promise<Answer<T>>} rejects with a Problem
   */
  send(method, url, headers = {}, body = undefined, patience = PATIENCE) {
    return this.#call(method, url, { ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
      body && JSON.stringify(body), patience);
  }

  /**
   * Stores a file, with its type as Content-Type. The service reads the format from the content.
   * @template T
   * @param {string} url
   * @param {Blob} file
   * @returns {Promise<Answer<T>>} rejects with a Problem
   */
  upload(url, file) {
    return this.#call('PUT', url, { 'Content-Type': file.type || 'application/octet-stream' }, file, UPLOAD_PATIENCE);
  }

  /**
   * @template T
   * @param {string} method
   * @param {string} url
   * @param {Record<string, string>} headers
   * @param {BodyInit} [body]
   * @param {number} [patience] milliseconds
   * @returns {Promise<Answer<T>>} rejects with a Problem
   */
  async #call(method, url, headers, body, patience = PATIENCE) {
    /** @type {Response} */
    let response;
    /** @type {any} */
    let envelope;
    try {
      response = await this.#fetch(url, {
        method,
        headers: { Accept: 'application/json', ...headers },
        body,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(patience),
      });
      const text = await response.text();
      envelope = text ? parse(text) : null;
    } catch (error) {
      throw Problem.from(error);
    }

    if (!response.ok) throw problemOf(response, envelope);
    return { data: envelope?.data, links: parseLinks(response.headers.get('Link')) };
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return parseJson(text);
  } catch {
    return null; // a proxy's page: the status says enough
  }
}

/**
 * @param {Response} response
 * @param {any} envelope
 */
export function problemOf(response, envelope) {
  return new Problem(response.status, String(envelope?.code ?? ''), String(envelope?.message ?? ''),
    retryAfter(response), detailsOf(envelope));
}

/** @param {any} envelope @returns {string[]} "until must lie in the future." */
const detailsOf = (envelope) => Object.entries(envelope?.errors ?? {})
  .flatMap(([name, texts]) => (Array.isArray(texts) ? texts : []).map((text) => `${name} ${text}`));

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
