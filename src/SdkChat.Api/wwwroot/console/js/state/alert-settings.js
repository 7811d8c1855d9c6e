/** @import { Storage } from './saved-views.js' */

/**
 * Which alerts a person wants in this browser.
 * @typedef {object} AlertSettings
 * @property {boolean} on none comes otherwise
 * @property {boolean} failed a chat fails
 * @property {boolean} backlist a shopper reaches the back list
 * @property {boolean} waiting a chat has no answer for `waitingSeconds`
 * @property {number} waitingSeconds
 * @property {boolean} rate the share of failures reaches `ratePercent`
 * @property {number} ratePercent
 * @property {boolean} failedSound the rule is heard too, like each of the next three
 * @property {boolean} backlistSound
 * @property {boolean} waitingSound
 * @property {boolean} rateSound
 * @property {boolean} desktop as notifications of the system too, while the page is in the background
 */

const KEY = 'sdkchat.alerts';
/** The switch of an earlier version. */
const OLD_SWITCH = 'sdkchat.toasts';

/** What can be alerted to. */
export const RULES = /** @type {const} */ (['failed', 'backlist', 'waiting', 'rate']);
/** @typedef {typeof RULES[number]} Rule */

/** @type {AlertSettings} */
export const USUAL = {
  on: true, failed: true, backlist: true, waiting: false, waitingSeconds: 60, rate: false, ratePercent: 20, desktop: false,
  failedSound: false, backlistSound: false, waitingSound: false, rateSound: false,
};

/** What numbers may be. @type {Record<'waitingSeconds' | 'ratePercent', readonly [number, number]>} */
export const LIMITS = { waitingSeconds: [10, 3600], ratePercent: [1, 100] };

/** Keeps the settings; a browser that stores nothing keeps them until the page is closed. */
export class AlertSettingsStore {
  #storage;
  /** @type {AlertSettings} */
  value;

  /** @param {Storage} storage */
  constructor(storage) {
    this.#storage = storage;
    this.value = read(storage.recall(KEY), storage.recall(OLD_SWITCH) !== 'off');
  }

  /** @param {Partial<AlertSettings>} part */
  change(part) {
    this.value = valid({ ...this.value, ...part });
    this.#storage.remember(KEY, JSON.stringify(this.value));
  }
}

/** @param {string | null} text @param {boolean} isOn */
function read(text, isOn) {
  try {
    const stored = text === null ? { on: isOn } : JSON.parse(text);
    return valid({ ...USUAL, ...stored });
  } catch {
    return USUAL;
  }
}

/** Whatever is not a setting, or not possible, is the usual. @param {any} settings @returns {AlertSettings} */
function valid(settings) {
  const pairs = Object.entries(USUAL).map(([name, usual]) => {
    const value = settings[name];
    const limits = LIMITS[/** @type {keyof typeof LIMITS} */ (name)];
    const isValid = typeof value === typeof usual && (!limits || (value >= limits[0] && value <= limits[1]));
    return [name, isValid ? value : usual];
  });
  return Object.fromEntries(pairs);
}
