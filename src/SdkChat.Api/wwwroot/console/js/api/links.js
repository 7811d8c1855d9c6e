/** @typedef {Partial<Record<'first' | 'prev' | 'next' | 'last', string>>} Links */

/**
 * The targets of a `Link` header by relation (RFC 8288).
 * @param {string | null} header
 * @returns {Links}
 */
export function parseLinks(header) {
  /** @type {Record<string, string>} */
  const links = {};
  for (const [, target, relation] of (header ?? '').matchAll(/<([^>]*)>\s*;\s*rel="?([a-z]+)"?/g)) {
    // The console only ever follows a list of its own origin.
    if (target.startsWith('/') && !target.startsWith('//')) links[relation] = target;
  }
  return links;
}
