import { BACKOFFICE_CHATS, Chats, daysOf } from '../api/chats.js';
import { Operations, placesOf } from '../api/operations.js';
import { Shoppers } from '../api/shoppers.js';
import { keyOf } from '../api/sessions.js';
import { TenantAdmin } from '../api/tenant-admin.js';
import { i18n } from '../i18n/i18n.js';
import { Poller } from '../live/poller.js';
import { ShopperReader } from '../state/shopper-reader.js';
import { labelOf, Tenants } from '../state/tenants.js';
import { h, setAttribute } from '../views/dom.js';
import { eraseDialog } from '../views/erase-dialog.js';
import { keysView } from '../views/keys-view.js';
import { screensView } from '../views/screens-view.js';
import { ShopperView } from '../views/shopper-view.js';
import { openTenant } from './backoffice-chats.js';
import { placeOf, readPlace, SECTIONS } from './backoffice-route.js';
import { sections } from './backoffice-sections.js';
import { ChatBrowser, listen } from './chat-browser.js';
import { readShopper, shopperPageHash } from './shopper-route.js';
import { startShortcuts } from './shortcuts.js';

/** @import { Problem } from '../api/problem.js' */
/** @import { Dashboard, Surroundings } from './console.js' */

const REREAD = 10_000;
/** Keys after `g`. */
const LETTERS = { tenants: 't', chats: 'c', statistics: 's', streams: 'l', blocks: 'b', audit: 'a' };

/**
 * The backoffice's page: all tenants. It has no stream; what is shown is read again and again.
 * @param {Surroundings} around
 * @returns {Dashboard}
 */
export function backoffice({ client, session, shell, onProblem, check }) {
  const operations = new Operations(client);
  const chats = new Chats(client, BACKOFFICE_CHATS);
  const outcome = {
    ok: () => shell.light.show('polling'),
    /** @param {Problem} problem */
    failed: (problem) => {
      if (problem.status === 0) shell.light.show(navigator.onLine ? 'reconnecting' : 'offline');
      else if (problem.status === 403) shell.light.show('forbidden');
      else if (problem.status === 503) shell.light.show('reconnecting');
      else if (problem.status === 404) shell.light.show('polling'); // the service has answered
      onProblem(problem);
    },
  };
  const tenants = new Tenants((ids) => operations.tenants(ids), () => {
    browser.filters.nameTenant();
    browser.redraw();
    views.redraw();
  });
  const owner = openTenant(chats, () => browser.redraw());
  const choices = {
    /** @param {string} text */
    find: async (text) => {
      const page = await operations.findTenants(text);
      tenants.learn(page.items);
      return page;
    },
    /** @param {string} id */
    label: (id) => tenants.label(id), onProblem: outcome.failed,
  };
  /** @type {ChatBrowser} */
  const browser = new ChatBrowser({
    chats, onProblem: outcome.failed, onReadOk: outcome.ok, tenants: choices,
    tenantOf: (chat) => {
      // A detail does not say whose it is; its row does.
      const id = chat.tenant_id ?? browser.reader.page.value.rows.find((row) => row.chat_id === chat.chat_id)?.tenant_id
        ?? owner(chat.chat_id);
      return id ? tenants.code(id) : null;
    },
    onRender: () => { board.dataset.open = String(browser.detail.open.value.id !== null); },
  });
  const board = h('div', { class: 'board backoffice' }, browser.list.element, browser.detailView.element);
  const views = sections({ operations, tenants, choices, outcome, from: (range) => daysOf(range, new Date()).from ?? '', owned: (id) => {
    const admin = new TenantAdmin(client, placesOf(id));
    return [keysView(admin, outcome), screensView(admin, outcome, false)];
  } });

  // Read when it is opened, and again only after an outage: each read is an entry of the audit trail.
  const shoppers = new ShopperReader({
    shoppers: new Shoppers(client, BACKOFFICE_CHATS), chats, onProblem: outcome.failed, onRead: outcome.ok,
  });
  const shopper = new ShopperView(() => shoppers.refresh(), null,
    ({ tenant_id: tenantId = '', profile_id: profileId, profile_summary: { name } }, total) => (
      eraseDialog(operations, { tenantId, profileId, name, chats: total }, () => shoppers.refresh(profileId))));
  const drawShopper = () => shopper.render(shoppers.open.value);

  // The list is read only after it was opened: each read is an entry of the audit trail.
  let reads = false;
  const show = () => {
    const { section } = readPlace(location.hash);
    board.hidden = section !== 'chats';
    shopper.element.hidden = section !== 'shoppers';
    void shoppers.show(readShopper(location.hash));
    if (section === 'chats') {
      const chosen = readPlace(location.hash).query.get('tenant');
      if (chosen) tenants.get(chosen);
      browser.filters.nameTenant();
      if (!reads) browser.start();
      reads = true;
    }
    views.show();
    for (const link of shell.nav.children) {
      const isShown = link.getAttribute('data-section') === section;
      setAttribute(link, 'aria-current', isShown ? 'page' : null);
      // On a narrow screen the sections scroll.
      if (isShown && link instanceof HTMLElement) shell.nav.scrollLeft = link.offsetLeft - shell.nav.offsetLeft - shell.nav.clientWidth / 3;
    }
  };
  const poller = new Poller(() => {
    check();
    if (board.hidden) views.refresh();
    else browser.refresh();
    const { problem } = shoppers.open.value;
    if (problem?.isOutage) shoppers.refresh(); // every other refusal would be an entry of the audit trail each time
  }, REREAD);

  shell.nav.replaceChildren(...SECTIONS.map((section) => h('a', {
    t: `nav.${section}`, testid: `nav-${section}`, attrs: { href: placeOf(section), 'data-section': section },
  })));
  shell.nav.hidden = false;
  shell.main.replaceChildren(board, shopper.element, ...views.elements);
  drawShopper();
  show();
  poller.start();
  // While the reader types only tenants are searched, which leaves a list_tenants entry for each pause. A search of chats would also be an
  // entry of each tenant's access page.
  const shortcuts = startShortcuts({
    places: SECTIONS.map((section) => ({
      letter: LETTERS[section], label: /** @type {const} */ (`nav.${section}`), href: placeOf(section),
    })), user: keyOf(session),
    find: async (text) => (await choices.find(text)).items.map(tenantEntry),
    known: () => [
      ...tenants.all.map(tenantEntry),
      ...browser.profiles.all.map(({ id, label }) => ({ kind: /** @type {const} */ ('shopper'), text: label, href: shopperPageHash(id) })),
    ],
  });
  const ends = [
    shortcuts,
    i18n.onChange(() => views.render()), listen(window, 'hashchange', show),
    () => shoppers.stop(), shoppers.open.subscribe(drawShopper), i18n.onChange(drawShopper),
    listen(window, 'hashchange', () => { if (!shopper.element.hidden) shopper.focus(); }),
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

/** @param {import('../api/types.js').TenantRow} tenant */
const tenantEntry = (tenant) => ({
  kind: /** @type {const} */ ('tenant'), text: labelOf(tenant), href: placeOf('tenants', {}, { id: tenant.tenant_id }),
});
