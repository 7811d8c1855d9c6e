/**
 * Where the words of a search occur in a text, compared as the service compares them: whatever their case, width and composition.
 *
 * @typedef {readonly [number, number]} Range from, and to but not included, of the text as it came
 */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const INVISIBLE = /[\p{Cf}\u0307\ufe0e\ufe0f]/gu;
/** As the service folds what lower case leaves apart. @type {readonly (readonly [RegExp, string])[]} */
const FOLDED = [[/ß/g, 'ss'], [/ı/g, 'i'], [/ς/g, 'σ']];

/** @param {string} text */
const fold = (text) => FOLDED.reduce((folded, [from, to]) => folded.replace(from, to),
  text.normalize('NFKC').toLowerCase().replace(INVISIBLE, ''));

/** The words of a query. @param {string} query */
export const wordsOf = (query) => [...new Set(fold(query).split(/\s+/).filter(Boolean))];

/**
 * @param {string} text
 * @param {readonly string[]} words of `wordsOf`
 * @returns {Range[]} in order, none touching the next
 */
export function rangesOf(text, words) {
  if (!words.length) return [];
  const { folded, from, to } = foldWithPlaces(text);
  /** @type {[number, number][]} */
  const found = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      found.push([from[at], to[at + word.length - 1]]);
    }
  }
  return merge(found);
}

/**
 * The part of a long text that has the first occurrence, for a line that shows its beginning only.
 * @param {string} text
 * @param {readonly string[]} words
 * @param {number} before how much of the text may stand before the first occurrence
 */
export function excerpt(text, words, before) {
  const [first] = rangesOf(text, words);
  if (!first || first[0] <= before * 2) return text;
  const start = first[0] - before;
  return `…${text.slice(/[\uDC00-\uDFFF]/.test(text[start]) ? start + 1 : start)}`;
}

/** Each folded character knows the letter that it comes from. @param {string} text */
function foldWithPlaces(text) {
  let folded = '';
  /** @type {number[]} */
  const from = [];
  /** @type {number[]} */
  const to = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const part = fold(segment);
    folded += part;
    for (let n = 0; n < part.length; n++) {
      from.push(index);
      to.push(index + segment.length);
    }
  }
  return { folded, from, to };
}

/** @param {[number, number][]} ranges @returns {Range[]} */
function merge(ranges) {
  /** @type {[number, number][]} */
  const merged = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
