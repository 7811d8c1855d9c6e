import { en } from './en.js';
import { ja } from './ja.js';
import { ko } from './ko.js';

/** @typedef {keyof typeof en} Key */
/** @typedef {'en' | 'ko' | 'ja'} Language */
/** @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} Message plural forms are chosen by `n` */
/** @typedef {Record<string, string | number>} Args */

/** @type {Record<Language, Record<Key, Message>>} */
export const DICTIONARIES = { en, ko, ja };

/** In their own words, so that everybody finds their own. @type {Record<Language, string>} */
export const LANGUAGE_NAMES = { en: 'English', ko: '한국어', ja: '日本語' };

/** @param {unknown} value @returns {value is Language} */
export const isLanguage = (value) => Object.hasOwn(DICTIONARIES, String(value));

/** The page's language, and its words. */
class I18n {
  /** @type {Language} */
  #language = 'en';
  /** @type {Set<() => void>} */
  #listeners = new Set();

  get language() {
    return this.#language;
  }

  /** @param {Language} language */
  use(language) {
    this.#language = language;
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @param {Key} key
   * @param {Args} [args] numbers are written as the language writes them
   */
  t(key, args = {}) {
    const message = DICTIONARIES[this.#language][key];
    const text = typeof message === 'string' ? message : this.#form(message, Number(args.n));
    return text.replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(args, name) ? this.#write(args[name]) : all));
  }

  /**
   * The word for one of the service's values; a value that we do not know stands for itself.
   * @param {string} prefix
   * @param {string} value
   */
  word(prefix, value) {
    const key = /** @type {Key} */ (`${prefix}.${value}`);
    return Object.hasOwn(DICTIONARIES[this.#language], key) ? this.t(key) : value;
  }

  /** @param {Exclude<Message, string>} message @param {number} n */
  #form(message, n) {
    return message[new Intl.PluralRules(this.#language).select(n)] ?? message.other;
  }

  /** @param {string | number} value */
  #write(value) {
    return typeof value === 'number' ? new Intl.NumberFormat(this.#language).format(value) : value;
  }
}

export const i18n = new I18n();
