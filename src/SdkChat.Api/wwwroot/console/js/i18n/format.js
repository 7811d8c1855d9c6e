import { i18n } from './i18n.js';

/** Formatters are dear to make and asked for on every row. @type {Map<string, any>} */
const made = new Map();

/**
 * @template T
 * @param {string} kind
 * @param {(language: string) => T} make
 * @returns {T}
 */
function formatter(kind, make) {
  const key = `${i18n.language} ${kind}`;
  if (!made.has(key)) made.set(key, make(i18n.language));
  return made.get(key);
}

/** @param {number} value */
export const number = (value) => formatter('number', (language) => new Intl.NumberFormat(language)).format(value);

/**
 * A price; as it stands where the currency is none.
 * @param {number} amount
 * @param {string | null} currency
 */
export function price(amount, currency) {
  if (!currency) return number(amount);
  try {
    return formatter(currency, (language) => new Intl.NumberFormat(language, { style: 'currency', currency })).format(amount);
  } catch {
    return `${number(amount)} ${currency}`;
  }
}

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

/**
 * "3 minutes ago". A clock that runs ahead of the service's does not make the past the future.
 * @param {number} at
 * @param {number} now
 */
export function relative(at, now) {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1];
  // Seconds in steps of ten: nobody wants a list that twitches.
  const count = unit === 'second' ? Math.floor(seconds / 10) * 10 : Math.floor(seconds / length);
  return formatter('relative', (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })).format(-count || 0, unit);
}

const DAY = 86_400_000;

/**
 * As a list shows it: relative within a day, then day and time, for "last month" names no chat.
 * @param {number} at
 * @param {number} now
 */
export const listed = (at, now) => (now - at < DAY
  ? relative(at, now)
  : short(at, new Date(at).getFullYear() === new Date(now).getFullYear()));

/** @param {number} at @param {boolean} isThisYear */
const short = (at, isThisYear) => formatter(isThisYear ? 'short' : 'short-year', (language) => new Intl.DateTimeFormat(language, {
  year: isThisYear ? undefined : 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit',
})).format(at);

/** A day of the reader's own time zone. @param {string} day YYYY-MM-DD */
export const dayName = (day) => formatter('day',
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' })).format(new Date(`${day}T00:00`));

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const SPANS = {
  time: { hour: 'numeric', minute: '2-digit' },
  hour: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'short', month: 'short', day: 'numeric' },
};

/** Where an hour or a day of a chart begins. @param {string} start @param {'time' | 'hour' | 'day'} precision */
export const spanName = (start, precision) => formatter(`span ${precision}`,
  (language) => new Intl.DateTimeFormat(language, SPANS[precision])).format(Date.parse(start));

/** A share of 1, as a percentage. @param {number} value */
export const share = (value) => formatter('share',
  (language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })).format(value);

/** With the zone: readers in two zones compare what they see. @param {number} at */
export const exact = (at) => formatter('exact',
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' })).format(at);

/** A duration: "340 ms", "2.3 s", "4 min". @param {number} milliseconds */
export function duration(milliseconds) {
  const [unit, size, digits] = milliseconds < 1000 ? /** @type {const} */ (['millisecond', 1, 0])
    : milliseconds < 60_000 ? /** @type {const} */ (['second', 1000, 1])
      : milliseconds < 5_400_000 ? /** @type {const} */ (['minute', 60_000, 0]) : /** @type {const} */ (['hour', 3_600_000, 1]);
  return formatter(`duration ${unit}`, (language) => new Intl.NumberFormat(language, {
    style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits,
  })).format(milliseconds / size);
}

/**
 * The name of a locale's language; the tag itself where it is none.
 * @param {string} locale
 */
export function languageName(locale) {
  try {
    return formatter('names', (language) => new Intl.DisplayNames(language, { type: 'language' }))
      .of(locale.replaceAll('_', '-')) ?? locale;
  } catch {
    return locale;
  }
}
