import { RANGES } from '../api/chats.js';
import { dayName } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';

/** @import { ChatFilter } from '../api/chats.js' */

/**
 * A time range in words.
 * @param {string} range
 */
export const rangeWords = (range) => (RANGES.some((one) => one === range) || range === ''
  ? i18n.word('filter.range', range || 'all') : dayName(range));

/**
 * What a filter asks for, in words; empty for all chats.
 * @param {ChatFilter} filter
 * @param {(profileId: string) => string} labelOf
 * @returns {string[]}
 */
export function filterWords({ q, profileId, status, range, triggered }, labelOf) {
  return [
    q && i18n.t('filter.words.text', { text: `\u2068${q}\u2069` }),
    profileId && i18n.t('filter.words.shopper', { name: `\u2068${labelOf(profileId)}\u2069` }),
    status && i18n.t(`status.${status}`), range && rangeWords(range), triggered && i18n.t(`filter.triggered.${triggered}`),
  ].filter(Boolean);
}
