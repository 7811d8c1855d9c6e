import { languageName } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { h, setAttribute, setText } from './dom.js';

/** @import { ProfileSummary } from '../api/types.js' */

const HUES = 6;

/**
 * What to call a shopper.
 * @param {ProfileSummary | null} summary
 */
export const nameOf = (summary) => summary?.name?.trim() || i18n.t('person.unknown');

/**
 * Age, gender and language, as far as they are known.
 * @param {ProfileSummary | null} summary
 */
export function aboutOf(summary) {
  const about = [
    summary?.age === null || summary?.age === undefined ? '' : i18n.t('person.age', { n: summary.age }),
    summary?.gender ? i18n.word('gender', summary.gender.toUpperCase()) : '',
    summary?.locale ? languageName(summary.locale) : '',
  ];
  return about.filter(Boolean).join(' · ');
}

/** A round initial. Its colour is the name's, so that one visible name has one colour. */
export const avatar = () => h('span', { class: 'avatar', attrs: { 'aria-hidden': 'true' } });

/**
 * @param {HTMLElement} element
 * @param {string} profileId
 * @param {ProfileSummary | null} summary
 */
export function setAvatar(element, profileId, summary) {
  const name = summary?.name?.normalize('NFC').trim() ?? '';
  setText(element, initialOf(name));
  setAttribute(element, 'data-hue', hueOf(name || profileId));
}

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}\p{Regional_Indicator}\p{Extended_Pictographic}]/u;

/**
 * What a reader sees as the first letter: a flag, a composed syllable or an emoji is one, and invisible characters are none.
 * @param {string} name
 */
export function initialOf(name) {
  for (const { segment } of graphemes.segment(name.normalize('NFC'))) if (VISIBLE.test(segment)) return segment.toUpperCase();
  return '?';
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @param {string} id */
const hueOf = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % HUES;
