/** A shopper's part of the address: who, and which page of their chats, from 0. */

/** @typedef {{ id: string, page: number }} ShopperPlace */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PAGE = /^[1-9]\d{0,6}$/;

/** @param {string} hash @returns {ShopperPlace | null} null where the address names no shopper */
export function readShopper(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [section, id = ''] = path.split('/');
  if (section !== 'shoppers' || !UUID.test(id)) return null;
  const page = new URLSearchParams(query).get('page') ?? '';
  return { id, page: PAGE.test(page) ? Number(page) - 1 : 0 };
}

/** @param {string} profileId @param {number} [page] */
export const shopperPageHash = (profileId, page = 0) => `#/shoppers/${profileId}${page > 0 ? `?page=${page + 1}` : ''}`;
