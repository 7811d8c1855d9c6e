import { Chats, NO_FILTER, TENANT_CHATS } from '../api/chats.js';
import { StatsReader } from '../api/stats.js';
import { Shoppers } from '../api/shoppers.js';
import { TenantAdmin } from '../api/tenant-admin.js';
import { keyOf } from '../api/sessions.js';
import { i18n } from '../i18n/i18n.js';
import { systemClock } from '../live/clock.js';
import { Coalescer } from '../live/coalescer.js';
import { Poller } from '../live/poller.js';
import { FloorPlanReader } from '../state/floor-plan-reader.js';
import { readEvent } from '../state/live-log.js';
import { OverviewReader } from '../state/overview.js';
import { shoppersIn } from '../state/palette.js';
import { ShopperReader } from '../state/shopper-reader.js';
import { accessView } from '../views/access-view.js';
import { h, setAttribute } from '../views/dom.js';
import { floorPlanView } from '../views/floor-plan-view.js';
import { keysView } from '../views/keys-view.js';
import { screensView } from '../views/screens-view.js';
import { OverviewView } from '../views/overview-view.js';
import { Notices } from '../views/notices.js';
import { ShopperView } from '../views/shopper-view.js';
import { markersOf, StoreMap } from '../views/store-map.js';
import { Alerts } from './alerts.js';
import { ChatBrowser, listen, openChat } from './chat-browser.js';
import { readPlan, shopperHash } from './overview-route.js';
import { LONGEST_QUERY, readRoute } from './route.js';
import { readShopper, shopperPageHash } from './shopper-route.js';
import { startShortcuts } from './shortcuts.js';
import { tenantStream } from './tenant-stream.js';

/** @import { Dashboard, Surroundings } from './console.js' */

const REREAD = 10_000;
/** Rows that the palette searches for shoppers. */
const FOUND = 20;
const SECTIONS = /** @type {const} */ (['overview', 'chats', 'keys', 'access']);
/** Keys after `g`. */
const LETTERS = { overview: 'o', chats: 'c', keys: 'k', access: 'a' };
/** Faster than this nobody can look; a burst of events is drawn a few times a second. */
const DRAW_GAP = 250;

/**
 * A tenant's page. History is pulled, what happens is pushed: the first page on load and on every `ready`, events in between.
 * @param {Surroundings} around
 * @returns {Dashboard}
 */
export function tenantDashboard({ client, session, shell, onProblem, check }) {
  const map = new StoreMap(openChat);
  const notices = new Notices();
  const chats = new Chats(client, TENANT_CHATS);
  const stats = new StatsReader(client, chats);
  const alerts = new Alerts(stats, (profileId) => browser.profiles.name(profileId), onProblem);
  const browser = new ChatBrowser({
    chats, onProblem, onReadOk: () => {}, tenantOf: () => null, tenants: null,
    shopperHref: shopperHash, user: keyOf(session), onRender: () => drawBoard(),
  });
  const board = h('div', { class: 'board' }, browser.list.element, browser.detailView.element,
    h('aside', { class: 'side', attrs: { tabindex: 0 }, tAttrs: { 'aria-label': 'side.label' } }, map.element, notices.element));
  const drawBoard = () => {
    const { id, chat } = browser.detail.open.value;
    board.dataset.open = String(id !== null);
    map.render(markersOf(chat, browser.log.notices));
    notices.render(browser.log.notices);
  };
  const drawEvents = () => {
    browser.detailView.render(browser.detail.open.value);
    drawBoard();
    alerts.toasts.show();
  };
  const drawing = new Coalescer(async () => drawEvents(), DRAW_GAP);

  /** @param {string} name @param {string} text */
  const onEvent = (name, text) => {
    const data = readEvent(text);
    if (!data) return;
    const event = { at: Date.now(), name, data };
    if (name === 'chat_completed' || name === 'backlist_triggered') browser.log.add(event);
    if (name === 'chat_completed') browser.reader.completed(data.chat_id);
    alerts.onEvent(event);
    if (document.hidden) return; // nobody looks; everything is read and drawn when somebody does
    if (!overview.element.hidden) reader.refresh();
    shoppers.refresh(data.profile_id);
    if (name !== 'backlist_triggered') browser.reader.refresh();
    browser.detail.refresh(data.chat_id);
    drawing.ask();
  };

  const stream = tenantStream(client, chats, keyOf(session), {
    onState: (state) => {
      shell.light.show(state);
      if (state === 'signed-out') check(true);
    },
    onReady: () => browser.refresh(),
    onEvent,
  });
  const admin = new TenantAdmin(client);
  const outcome = { ok: () => {}, failed: onProblem };
  const reader = new OverviewReader({ stats, onProblem, plan: readPlan(location.hash) });
  const overview = new OverviewView(() => reader.refresh(), (profileId) => browser.profiles.label(profileId));
  const drawOverview = () => overview.render(reader.overview.value);
  const shoppers = new ShopperReader({ shoppers: new Shoppers(client, TENANT_CHATS), chats, onProblem });
  const shopper = new ShopperView(() => shoppers.refresh(), shopperHash);
  const drawShopper = () => shopper.render(shoppers.open.value);
  const views = { keys: keysView(admin, outcome), access: accessView(admin, outcome) };
  const screens = screensView(admin, outcome);
  const plans = new FloorPlanReader(() => admin.floorPlan(), onProblem, systemClock);
  const plan = floorPlanView(admin, outcome, (now) => plans.changed(now));
  const showSection = () => {
    const { section } = readRoute(location.hash);
    board.hidden = section !== 'chats' && (section === 'shoppers' || SECTIONS.some((one) => one === section));
    overview.element.hidden = section !== 'overview';
    if (section === 'overview') {
      void reader.show(readPlan(location.hash));
      reader.refresh();
    }
    shopper.element.hidden = section !== 'shoppers';
    void shoppers.show(readShopper(location.hash));
    shoppers.refresh();
    for (const [name, view] of Object.entries(views)) {
      view.element.hidden = name !== section;
      if (name === section) void view.refresh();
    }
    for (const view of [screens, plan]) {
      view.element.hidden = section !== 'keys';
      if (section === 'keys') void view.refresh();
    }
    if (!board.hidden) void plans.refresh();
    for (const link of shell.nav.children) {
      const isShown = link.getAttribute('data-section') === (board.hidden ? section : 'chats');
      setAttribute(link, 'aria-current', isShown ? 'page' : null);
    }
  };
  /** @param {string} text */
  const findShoppers = async (text) => shoppersIn((await chats.page(chats.newest({
    ...NO_FILTER, q: [...text.trim()].slice(0, LONGEST_QUERY).join('').trim(),
  }, FOUND))).data.items, text);
  const shortcuts = startShortcuts({
    places: SECTIONS.map((section) => ({ letter: LETTERS[section], label: /** @type {const} */ (`nav.${section}`), href: `#/${section}` })),
    user: keyOf(session),
    known: () => browser.profiles.all.map(({ id, label }) => ({ kind: 'shopper', text: label, href: shopperPageHash(id) })),
    find: findShoppers,
  });
  const poller = new Poller(() => {
    check();
    if (board.hidden) showSection();
    else {
      browser.refresh();
      void plans.refresh();
      map.retry();
    }
    drawing.ask();
  }, REREAD);

  shell.nav.replaceChildren(...SECTIONS.map((section) => h('a', {
    t: `nav.${section}`, testid: `nav-${section}`, attrs: { href: `#/${section}`, 'data-section': section },
  })));
  shell.nav.hidden = false;

  shell.main.replaceChildren(overview.element, board, shopper.element,
    h('div', { class: 'keys-page' }, views.keys.element, screens.element, plan.element), views.access.element, alerts.toasts.element);
  shell.tools.replaceChildren(alerts.button);
  browser.start();
  drawOverview();
  drawShopper();
  showSection();
  stream.start();
  poller.start();
  alerts.start();
  const ends = [
    shortcuts,
    () => drawing.stop(), () => reader.stop(), reader.overview.subscribe(drawOverview),
    () => shoppers.stop(), shoppers.open.subscribe(drawShopper), i18n.onChange(drawShopper),
    i18n.onChange(drawOverview), i18n.onChange(drawEvents),
    i18n.onChange(() => { views.keys.render(); views.access.render(); screens.render(); plan.render(); }),
    plans.shown.subscribe(({ plan: now }) => void map.show(now)),
    listen(window, 'online', () => stream.hurry()), listen(window, 'hashchange', showSection),
    listen(window, 'hashchange', () => { if (!shopper.element.hidden) shopper.focus(); }),
  ];
  return {
    stop() {
      for (const end of ends) end();
      poller.stop();
      stream.stop();
      browser.stop();
      alerts.stop();
      shell.tools.replaceChildren();
      shell.nav.hidden = true;
      shell.nav.replaceChildren();
    },
  };
}
