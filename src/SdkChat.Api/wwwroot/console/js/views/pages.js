import { h } from './dom.js';

/**
 * Links to the pages before and after, where there are any.
 * @param {{ page: number, size: number, total: number }} shown
 * @param {(page: number) => string} hrefOf
 */
export function pageLinks({ page, size, total }, hrefOf) {
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages === 1) return null;
  return h('nav', { class: 'pages', testid: 'pages', tAttrs: { 'aria-label': 'pager.label' } },
    page > 0 && h('a', {
      class: 'button quiet', testid: 'pages-previous', t: 'pages.previous', attrs: { href: hrefOf(page - 1), rel: 'prev' },
    }),
    h('span', { class: 'place', t: 'pager.place', args: { page: page + 1, pages } }),
    page + 1 < pages && h('a', {
      class: 'button quiet', testid: 'pages-next', t: 'pages.next', attrs: { href: hrefOf(page + 1), rel: 'next' },
    }));
}
