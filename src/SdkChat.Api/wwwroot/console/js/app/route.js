/** Where in the page one is: the part behind `#`, so that it can be shared, and the browser's Back works. */

/** @typedef {'chats' | 'streams' | 'tenants'} Section */
/** @typedef {{ section: Section, chatId: string | null }} Route */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param {string} hash @returns {Route} */
export function readRoute(hash) {
  const [section, id = ''] = hash.replace(/^#\/?/, '').split('/');
  if (section === 'streams' || section === 'tenants') return { section, chatId: null };
  return { section: 'chats', chatId: UUID.test(id) ? id : null };
}

/** @param {string} id */
export const chatHash = (id) => `#/chats/${id}`;

export const LIST_HASH = '#/chats';
