/** A second key that comes later than this is a key of its own. */
export const SEQUENCE_WITHIN = 1_500;

/** Two keys after each other, such as `g` and then `c`. */
export class KeySequence {
  #first;
  #seconds;
  /** When the first key came. @type {number | null} */
  #at = null;

  /** @param {string} first @param {readonly string[]} seconds */
  constructor(first, seconds) {
    this.#first = first;
    this.#seconds = seconds;
  }

  /**
   * @param {string} letter
   * @param {number} at in milliseconds
   * @returns {string | null} '' for the first key and for a second one that means nothing; else the second key; null where the key is none
   *   of the sequence's
   */
  press(letter, at) {
    const isSecond = this.#at !== null && at - this.#at <= SEQUENCE_WITHIN;
    this.#at = null;
    if (isSecond && this.#seconds.includes(letter)) return letter;
    if (letter !== this.#first) return isSecond ? '' : null;
    this.#at = at;
    return '';
  }

  reset() {
    this.#at = null;
  }
}

/**
 * The letter of a key, also while a Korean or Japanese keyboard layout writes another one.
 * @param {{ key: string, code: string }} event
 */
export function letterOf({ key, code }) {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code[3].toLowerCase() : key;
}
