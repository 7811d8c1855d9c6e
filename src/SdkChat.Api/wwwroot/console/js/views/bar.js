import { h, svg } from './dom.js';

/** A number without a bar in a column that has bars, aligned with the numbers above and below. @param {string} text */
export const noBar = (text) => h('span', { class: 'bar-cell' }, h('span', { class: 'bar-text' }, text), h('span', { class: 'bar-line' }));

/**
 * A number with a bar beside it; the number says what the bar shows.
 * @param {string} text
 * @param {number} part
 * @param {number} whole the longest bar
 * @param {string} [kind] 'bad' where more is worse
 */
export const bar = (text, part, whole, kind = '') => h('span', { class: 'bar-cell' },
  h('span', { class: 'bar-text' }, text),
  svg('svg', { class: `bar-line ${kind}`.trim(), attrs: { viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' } },
    svg('rect', { class: 'bar-ground', attrs: { width: 100, height: 6, rx: 1 } }),
    svg('rect', {
      class: 'bar-part',
      attrs: { width: whole > 0 ? Math.max(part > 0 ? 1 : 0, Math.min(100, (100 * part) / whole)) : 0, height: 6, rx: 1 },
    })));
