/** The tab's title and picture: the page's name, and the number of alerts that the reader has not seen. */

const PLAIN = '/icon.svg';
const ALERT = '/icon-alert.svg';
let name = '';
let unseen = 0;

/** @param {string} text */
export function nameTab(text) {
  name = text;
  write();
}

/** @param {number} count */
export function badgeTab(count) {
  unseen = count;
  write();
}

function write() {
  document.title = unseen ? `(${unseen}) ${name}` : name;
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="icon"]'));
  const [from, to] = unseen ? [PLAIN, ALERT] : [ALERT, PLAIN];
  if (link?.href.endsWith(from)) link.href = link.href.slice(0, -from.length) + to;
}
