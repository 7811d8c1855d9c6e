import { PAGE_SIZE } from '../api/chats.js';
import { chatHash } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';
import { cut, foreign, h } from './dom.js';
import { loadingState } from './states.js';
import { statusPill } from './status.js';
import { table } from './table.js';
import { ago } from './time.js';

/** @import { ChatRow, Page } from '../api/types.js' */
/** @import { ShopperPlace } from '../app/shopper-route.js' */

const PROMPT = 160;

/**
 * A page of a shopper's chats, newest first, with the ways to the next ones.
 * @param {ShopperPlace} place
 * @param {Page<ChatRow> | null} chats null: not known
 */
export function shopperChats(place, chats) {
  if (!chats) return [loadingState(3)];
  if (!chats.total) return [h('p', { class: 'state-hint', t: 'shopper.chats.none' })];
  const pages = Math.max(1, Math.ceil(chats.total / PAGE_SIZE));
  return [
    table({
      testid: 'shopper-chats', caption: 'shopper.chats', rows: chats.items, columns: [
        { label: 'shopper.asked', cell: (row) => ago(row.created_at) },
        { label: 'shopper.question', cell: question },
        { label: 'filter.status', cell: (row) => statusPill(row.status) },
      ],
    }),
    pages > 1 && h('nav', { class: 'shopper-pager', tAttrs: { 'aria-label': 'pager.label' } },
      turn('pager.previous', place, -1, pages),
      h('span', { class: 'place', t: 'pager.place', args: { page: place.page + 1, pages } }),
      turn('pager.next', place, 1, pages)),
  ].filter((part) => part instanceof Node);
}

/** @param {ChatRow} row */
const question = (row) => h('span', { class: 'shopper-question' },
  h('a', { class: 'link', attrs: { href: chatHash(row.chat_id, '') } }, foreign(cut(row.prompt, PROMPT))),
  row.last_error && foreign(cut(row.last_error, PROMPT), 'row-error'));

/** @param {'pager.previous' | 'pager.next'} label @param {ShopperPlace} place @param {1 | -1} step @param {number} pages */
function turn(label, { id, page }, step, pages) {
  const to = page + step;
  return to < 0 || to >= pages ? h('span', null)
    : h('a', { class: 'link', testid: step > 0 ? 'shopper-older' : 'shopper-newer', t: label, attrs: { href: shopperPageHash(id, to) } });
}
