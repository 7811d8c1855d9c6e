/** Addresses of the backoffice beside those of chats (`route.js`): the part behind `#` is `/section/id?filters`. */

export const SECTIONS = /** @type {const} */ (['tenants', 'chats', 'statistics', 'streams', 'blocks', 'audit']);

/** Pages that are reached from others. */
const OTHERS = /** @type {const} */ (['shoppers']);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PAGE = /^[1-9]\d{0,6}$/;

/** @typedef {typeof SECTIONS[number] | typeof OTHERS[number]} Section */
/** @typedef {{ section: Section, id: string | null, query: URLSearchParams, page: number }} Place page counts from 0 */

/** The page opens on its tenants. What is no place of the page is read as them. @param {string} hash @returns {Place} */
export function readPlace(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, id = ''] = path.split('/');
  const query = new URLSearchParams(search);
  const page = query.get('page') ?? '';
  return {
    section: [...SECTIONS, ...OTHERS].find((section) => section === name) ?? 'tenants', id: isId(id) ? id : null,
    query, page: PAGE.test(page) ? Number(page) - 1 : 0,
  };
}

/** @param {string} text */
export const isId = (text) => UUID.test(text);

/**
 * @param {Section} section
 * @param {Record<string, string>} [filters] '' leaves one out
 * @param {{ id?: string, page?: number }} [more]
 */
export function placeOf(section, filters = {}, { id, page = 0 } = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  if (page > 0) query.set('page', String(page + 1));
  return `#/${section}${id ? `/${id}` : ''}${query.size ? `?${query}` : ''}`;
}
