import { NO_FILTER } from '../api/chats.js';
import { chatHash, hashOf, LONGEST_QUERY } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';

/**
 * Something that the palette leads to.
 * @typedef {{ kind: 'page' | 'view' | 'shopper' | 'chat' | 'search' | 'tenant', text: string, href: string }} PaletteEntry
 */

export const MOST_ENTRIES = 12;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What fits a text, in the order of the list, those that begin with it first; the id of a chat or a shopper, and a search for the text.
 * @param {readonly PaletteEntry[]} all
 * @param {string} text
 * @returns {PaletteEntry[]}
 */
export function paletteEntries(all, text) {
  const wanted = fold(text);
  if (!wanted) return all.filter(({ kind }) => kind === 'page' || kind === 'view').slice(0, MOST_ENTRIES);
  if (UUID.test(wanted)) return [
    { kind: 'chat', text: wanted, href: chatHash(wanted, '') },
    { kind: 'shopper', text: wanted, href: shopperPageHash(wanted) },
  ];
  const fitting = all.filter((entry) => fold(entry.text).includes(wanted));
  const first = fitting.filter((entry) => fold(entry.text).startsWith(wanted));
  const rest = fitting.filter((entry) => !first.includes(entry));
  return [...first, ...rest].slice(0, MOST_ENTRIES - 1).concat(searchFor(text));
}

/** @param {string} text @returns {PaletteEntry} */
function searchFor(text) {
  const q = [...text.trim()].slice(0, LONGEST_QUERY).join('').trim();
  return { kind: 'search', text: q, href: hashOf(null, { filter: { ...NO_FILTER, q }, page: 0 }) };
}

/**
 * What the service found joins what the page knew, each address once, the search last.
 * @param {readonly PaletteEntry[]} known
 * @param {readonly PaletteEntry[]} found
 */
export function withFound(known, found) {
  const places = new Set(known.map(({ href }) => href));
  const search = known.filter(({ kind }) => kind === 'search');
  return [...known.filter(({ kind }) => kind !== 'search'), ...found.filter(({ href }) => !places.has(href))]
    .slice(0, MOST_ENTRIES - search.length).concat(search);
}

/**
 * The shoppers of rows that the service found, each once, by their name and the end of their id.
 * @param {readonly import('../api/types.js').ChatRow[]} rows
 * @param {string} text
 * @returns {PaletteEntry[]}
 */
export function shoppersIn(rows, text) {
  const wanted = fold(text).split(/\s+/);
  /** @type {Map<string, PaletteEntry>} */
  const found = new Map();
  for (const { profile_id: id, profile_summary: summary } of rows) {
    const name = summary?.name?.trim() ?? '';
    if (name && wanted.every((word) => fold(name).includes(word))) {
      found.set(id, { kind: 'shopper', text: `${name} · ${id.slice(-6)}`, href: shopperPageHash(id) });
    }
  }
  return [...found.values()];
}

/** As people compare names: width, case and composition make no difference. @param {string} text */
const fold = (text) => text.normalize('NFKC').trim().toLowerCase();
