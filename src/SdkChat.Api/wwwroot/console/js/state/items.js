import { exactNumber, isRawNumber } from '../api/json.js';

/**
 * Reads the pipeline's items. They are its own and may have any shape: what is known is picked out, with its type checked,
 * and the rest is kept to be shown as it came.
 */

/**
 * @typedef {object} ReadItem
 * @property {string | null} title null where the item has no text that we know: then `rest` is all of it
 * @property {string | null} text
 * @property {string | null} section
 * @property {number | null} quantity
 * @property {{ amount: number, currency: string | null } | null} price
 * @property {{ x: number, y: number } | null} position on the floor plan, each from 0 to 1
 * @property {unknown} rest what is not in the members above; undefined where nothing is left
 */

/** Members that mean something to machines alone. */
const SILENT = ['id', 'product_id'];

/**
 * @param {unknown} item
 * @param {readonly string[]} languages the reader's first
 * @returns {ReadItem}
 */
export function readItem(item, languages) {
  if (typeof item === 'string' && item.trim()) return { ...NOTHING, title: item };
  if (typeof item === 'number' || typeof item === 'boolean') return { ...NOTHING, title: String(item) };
  if (isRawNumber(item)) return { ...NOTHING, title: item.rawJSON };
  if (!isObject(item)) return { ...NOTHING, rest: item };

  const taken = new Set(SILENT);
  /** @template T @param {readonly string[]} names @param {(value: unknown) => T | null} read @returns {T | null} */
  const take = (names, read) => {
    for (const name of names) {
      const value = read(own(item, name));
      if (value === null) continue;
      taken.add(name);
      return value;
    }
    return null;
  };
  /** @param {unknown} value */
  const words = (value) => readWords(value, languages);

  const title = take(['title', 'name', 'text'], words);
  if (title === null) return { ...NOTHING, position: readPosition(own(item, 'position')), rest: item };
  const read = {
    title,
    text: take(['message', 'reason', 'description'], words),
    section: take(['section', 'category'], words),
    quantity: take(['quantity'], exactNumber),
    position: take(['position'], readPosition),
  };
  const amount = take(['price'], exactNumber);
  const currency = amount === null ? null : take(['currency'], (value) => (typeof value === 'string' ? value : null));
  const rest = Object.entries(item).filter(([name]) => !taken.has(name));
  return { ...read, price: amount === null ? null : { amount, currency }, rest: rest.length ? Object.fromEntries(rest) : undefined };
}

/** @type {ReadItem} */
const NOTHING = { title: null, text: null, section: null, quantity: null, price: null, position: null, rest: undefined };

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);

/** @param {Record<string, unknown>} item @param {string} name */
const own = (item, name) => (Object.hasOwn(item, name) ? item[name] : undefined);

/** A text, or a text in several languages. @param {unknown} value @param {readonly string[]} languages */
function readWords(value, languages) {
  if (typeof value === 'string') return value.trim() ? value : null;
  if (!isObject(value)) return null;
  for (const language of [...languages, ...Object.keys(value)]) {
    const words = own(value, language);
    if (typeof words === 'string' && words.trim()) return words;
  }
  return null;
}

/** @param {unknown} value */
function readPosition(value) {
  if (!isObject(value)) return null;
  const [x, y] = [exactNumber(own(value, 'x')), exactNumber(own(value, 'y'))];
  return x !== null && y !== null && x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null;
}
