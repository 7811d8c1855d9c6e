import { h } from './dom.js';

/** @import { Key } from '../i18n/i18n.js' */

/**
 * A table that a phone can show: each cell carries its column's name, but for those with buttons, which say themselves what they do.
 * @template T
 * @param {{ testid: string, caption: Key,
 *   columns: { label: Key, isNumber?: boolean, isAction?: boolean, cell: (row: T) => Node | string }[],
 *   rows: readonly T[], rowId?: (row: T) => string }} parts
 */
export const table = ({ testid, caption, columns, rows, rowId }) => h(
  'table', { class: 'table', testid },
  h('caption', { class: 'unseen', t: caption }),
  h('thead', null, h('tr', null, ...columns.map(({ label, isNumber, isAction }) => (
    h('th', { class: isNumber ? 'number' : undefined, attrs: { scope: 'col' } },
      h('span', { class: isAction ? 'unseen' : undefined, t: label })))))),
  h('tbody', null, ...rows.map((row) => h('tr', rowId ? { attrs: { 'data-row': rowId(row) } } : null,
    ...columns.map(({ label, isNumber, isAction, cell }) => (
      h('td', { class: isNumber ? 'number' : isAction ? 'actions' : undefined },
        isAction ? null : h('span', { class: 'cell-label', t: label, attrs: { 'aria-hidden': 'true' } }), cell(row))))))),
);
