import { Chats, TENANT_CHATS } from '../api/chats.js';
import { keyOf } from '../api/sessions.js';
import { i18n } from '../i18n/i18n.js';
import { Coalescer } from '../live/coalescer.js';
import { Poller } from '../live/poller.js';
import { readEvent } from '../state/live-log.js';
import { h } from '../views/dom.js';
import { Notices } from '../views/notices.js';
import { markersOf, StoreMap } from '../views/store-map.js';
import { Toasts } from '../views/toasts.js';
import { ChatBrowser, listen, openChat } from './chat-browser.js';
import { tenantStream } from './tenant-stream.js';

/** @import { Dashboard, Surroundings } from './console.js' */

const REREAD = 10_000;
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
  const toasts = new Toasts((profileId) => browser.profiles.name(profileId));
  const chats = new Chats(client, TENANT_CHATS);
  const browser = new ChatBrowser({
    chats, onProblem, onReadOk: () => {}, tenantOf: () => null, withTenants: false, onRender: () => drawBoard(),
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
    toasts.show();
  };
  const drawing = new Coalescer(async () => drawEvents(), DRAW_GAP);

  /** @param {string} name @param {string} text */
  const onEvent = (name, text) => {
    const data = readEvent(text);
    if (!data) return;
    const event = { at: Date.now(), name, data };
    if (name === 'chat_completed' || name === 'backlist_triggered') browser.log.add(event);
    if (name === 'chat_completed') browser.reader.completed(data.chat_id);
    if (name === 'backlist_triggered') toasts.add(event);
    if (document.hidden) return; // nobody looks; everything is read and drawn when somebody does
    if (name !== 'backlist_triggered') browser.reader.refresh();
    browser.detail.refresh(data.chat_id);
    drawing.ask();
  };

  const stream = tenantStream(client, chats, keyOf(session), {
    onState: (state) => {
      shell.light.show(state);
      if (state === 'signed-out') check();
    },
    onReady: () => browser.refresh(),
    onEvent,
  });
  const poller = new Poller(() => {
    check();
    browser.refresh();
    drawing.ask();
  }, REREAD);

  shell.main.replaceChildren(board, toasts.element);
  shell.tools.replaceChildren(toasts.button);
  browser.start();
  stream.start();
  poller.start();
  const ends = [() => drawing.stop(), i18n.onChange(drawEvents), listen(window, 'online', () => stream.hurry())];
  return {
    stop() {
      for (const end of ends) end();
      poller.stop();
      stream.stop();
      browser.stop();
      toasts.clear();
      shell.tools.replaceChildren();
    },
  };
}
