/**
 * JSON whose numbers keep the text that they came with: 12345678901234567890, 1.0E2 and 1e400 are no JavaScript numbers.
 * `JSON.rawJSON` holds such a text, and `JSON.stringify` writes it as it came. An engine that lacks either reads plain numbers.
 */

/** @typedef {{ readonly rawJSON: string }} RawNumber */

/** @type {any} the parts of JSON that the type library does not know yet */
const { rawJSON, isRawJSON } = JSON;

/** @param {string} text @returns {any} */
export const parseJson = (text) => (typeof rawJSON === 'function' ? JSON.parse(text, /** @type {any} */ (keepSource)) : JSON.parse(text));

/** @param {string} _ @param {unknown} value @param {{ source?: string }} [context] */
const keepSource = (_, value, context) => (typeof value === 'number' && context?.source !== undefined && context.source !== String(value)
  ? rawJSON(context.source) : value);

/** @param {unknown} value @returns {value is RawNumber} */
export const isRawNumber = (value) => typeof isRawJSON === 'function' && isRawJSON(value);

/**
 * A number that calculating and formatting do not change; null for every other value.
 * @param {unknown} value
 */
export function exactNumber(value) {
  const number = isRawNumber(value) ? Number(value.rawJSON) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? null : number;
}
