import { number } from '../i18n/format.js';
import { cut, foreign, h, svg } from './dom.js';

/** @import { Key } from '../i18n/i18n.js' */

const LONGEST = 160;

/**
 * A table of texts by how often they occur, each with a bar for its number.
 * @param {object} parts
 * @param {string} parts.testid
 * @param {Key} parts.caption
 * @param {Key} parts.what the column of the texts
 * @param {string} parts.color class of the bars
 * @param {readonly { text: string, count: number }[]} parts.rows most frequent first
 * @param {(text: string) => string | null} parts.hrefOf where the chats of a text are
 */
export function ranking({ testid, caption, what, color, rows, hrefOf }) {
  const most = rows[0]?.count ?? 1;
  return h('table', { class: 'table ranking', testid },
    h('caption', { class: 'unseen', t: caption }),
    h('thead', null, h('tr', null,
      h('th', { t: what, attrs: { scope: 'col' } }), h('th', { class: 'number', t: 'chart.total', attrs: { scope: 'col' } }),
      h('td', null))),
    h('tbody', null, ...rows.map(({ text, count }) => h('tr', null,
      h('th', { attrs: { scope: 'row' } }, textOf(text, hrefOf(text))),
      h('td', { class: 'number' }, number(count)),
      h('td', { class: 'ranking-bar', attrs: { 'aria-hidden': 'true' } },
        svg('svg', { attrs: { viewBox: '0 0 100 10', preserveAspectRatio: 'none' } },
          svg('rect', { class: color, attrs: { width: (count / most) * 100, height: 10 } })))))));
}

/** @param {string} text @param {string | null} href */
function textOf(text, href) {
  const words = foreign(cut(text, LONGEST));
  return href ? h('a', { class: 'link', attrs: { href } }, words) : words;
}
