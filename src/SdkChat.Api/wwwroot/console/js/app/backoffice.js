import { BACKOFFICE_CHATS, Chats } from '../api/chats.js';
import { Operations } from '../api/operations.js';
import { i18n } from '../i18n/i18n.js';
import { Poller } from '../live/poller.js';
import { h, setAttribute } from '../views/dom.js';
import { streamsView, tenantsView } from '../views/operations-view.js';
import { ChatBrowser, listen } from './chat-browser.js';
import { hashOf, NEWEST, readRoute } from './route.js';

/** @import { TenantRow } from '../api/types.js' */
/** @import { Problem } from '../api/problem.js' */
/** @import { Dashboard, Surroundings } from './console.js' */

const REREAD = 10_000;
const SECTIONS = /** @type {const} */ (['chats', 'streams', 'tenants']);

/**
 * The backoffice's page: all tenants. It has no stream; what is shown is read again and again.
 * @param {Surroundings} around
 * @returns {Dashboard}
 */
export function backoffice({ client, shell, onProblem, check }) {
  const operations = new Operations(client);
  /** @type {Map<string, TenantRow>} */
  const known = new Map();

  /** @param {Problem} problem */
  const failed = (problem) => {
    if (problem.status === 0) shell.light.show(navigator.onLine ? 'reconnecting' : 'offline');
    else if (problem.status === 403) shell.light.show('forbidden');
    else if (problem.status === 503) shell.light.show('reconnecting');
    onProblem(problem);
  };
  const ok = () => shell.light.show('polling');
  /** @type {ChatBrowser} */
  const browser = new ChatBrowser({
    chats: new Chats(client, BACKOFFICE_CHATS), onProblem: failed,
    onReadOk: ok,
    tenantOf: (chat) => {
      // A detail does not say whose it is; its row does.
      const id = chat.tenant_id ?? browser.reader.page.value.rows.find((row) => row.chat_id === chat.chat_id)?.tenant_id;
      return id ? known.get(id)?.code ?? id.slice(-6) : null;
    },
    withTenants: true, onRender: () => { board.dataset.open = String(browser.detail.open.value.id !== null); },
  });
  const board = h('div', { class: 'board backoffice' }, browser.list.element, browser.detailView.element);

  const loadTenants = async () => {
    const all = await operations.tenants();
    for (const tenant of all) known.set(tenant.tenant_id, tenant);
    browser.filters.offer(all);
    browser.redraw();
    return all;
  };
  const tenants = tenantsView(loadTenants, { ok, failed }, (tenantId) => {
    location.hash = hashOf(null, { ...NEWEST, filter: { ...NEWEST.filter, tenantId } });
  });
  const streams = streamsView(operations, { ok, failed });

  const refresh = () => {
    const { section } = readRoute(location.hash);
    if (section === 'streams') void streams.refresh();
    else if (section === 'tenants') void tenants.refresh();
    else browser.refresh();
  };
  const showSection = () => {
    const { section } = readRoute(location.hash);
    board.hidden = section !== 'chats';
    streams.element.hidden = section !== 'streams';
    tenants.element.hidden = section !== 'tenants';
    for (const link of shell.nav.children) setAttribute(link, 'aria-current', link.getAttribute('data-section') === section ? 'page' : null);
  };
  const poller = new Poller(() => {
    check();
    refresh();
  }, REREAD);

  shell.nav.replaceChildren(...SECTIONS.map((section) => h('a', {
    t: `nav.${section}`, testid: `nav-${section}`, attrs: { href: `#/${section}`, 'data-section': section },
  })));
  shell.nav.hidden = false;
  shell.main.replaceChildren(board, streams.element, tenants.element);
  browser.start();
  void tenants.refresh();
  showSection();
  if (readRoute(location.hash).section === 'streams') void streams.refresh();
  poller.start();
  const ends = [
    i18n.onChange(() => { streams.render(); tenants.render(); }),
    listen(window, 'hashchange', () => { showSection(); refresh(); }),
  ];
  return {
    stop() {
      for (const end of ends) end();
      poller.stop();
      browser.stop();
      shell.nav.hidden = true;
      shell.nav.replaceChildren();
    },
  };
}
