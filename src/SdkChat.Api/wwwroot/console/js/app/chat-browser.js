import { ChatReader } from '../state/chat-reader.js';
import { Problem } from '../api/problem.js';
import { stepFrom } from '../state/chat-steps.js';
import { DetailReader } from '../state/detail-reader.js';
import { LiveLog } from '../state/live-log.js';
import { Profiles } from '../state/profiles.js';
import { ChatDetailView } from '../views/chat-detail.js';
import { ChatList } from '../views/chat-list.js';
import { Filters } from '../views/filters.js';
import { i18n } from '../i18n/i18n.js';
import { Coalescer } from '../live/coalescer.js';
import { showExport } from '../views/export-dialog.js';
import { showViews } from '../views/views-dialog.js';
import { SavedViews } from '../state/saved-views.js';
import { features } from './browser-features.js';
import { chatHash, hashOf, NEWEST, readRoute } from './route.js';
import { shopperPageHash } from './shopper-route.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { ChatRow } from '../api/types.js' */
/** @import { View } from './route.js' */

/** At most one count in this time. */
const COUNT_GAP = 2000;
/** @import { Chats } from '../api/chats.js' */

/**
 * @typedef {object} BrowserParts
 * @property {Chats} chats
 * @property {(problem: Problem) => void} onProblem
 * @property {() => void} onReadOk a read of the list was answered
 * @property {(row: ChatRow) => string | null} tenantOf
 * @property {(profileId: string) => string} [shopperHref] where a shopper's numbers are
 * @property {string} [user] whose views are kept apart from those of others who sign in here
 * @property {import('../views/filters.js').TenantChoices | null} tenants of which one can choose one
 * @property {() => void} onRender after list or detail were drawn
 */

/** List and detail, and what belongs to them: the part that both pages have. */
export class ChatBrowser {
  log = new LiveLog();
  profiles = new Profiles();
  reader;
  detail;
  list;
  detailView;
  filters;
  /** What the address says of the list. @type {View} */
  #view = NEWEST;
  #counting;
  /** Steps for which the rows were not there yet. @type {(1 | -1)[]} */
  #stepsToDo = [];
  /** How far down the list was when a chat was opened. */
  #scrolled = 0;
  #parts;
  /** @type {(() => void)[]} */
  #ends = [];

  /** @param {BrowserParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { chats, onProblem, tenantOf } = parts;
    this.reader = new ChatReader({ chats, onProblem, onRead: (rows) => this.#onRead(rows) });
    this.detail = new DetailReader({ chats, onProblem });
    this.filters = new Filters(this.profiles, {
      onFilter: (part) => this.#filterBy(part), onId: (id) => this.#openOrFilter(id),
      onViews: () => this.#showViews(), tenants: parts.tenants,
    });
    this.#counting = new Coalescer(() => this.#count(), COUNT_GAP);
    this.list = new ChatList(this.reader, this.filters, tenantOf, {
      onFilter: (filter) => this.#filterBy(filter), onTurned: () => this.#onTurned(), onExport: () => this.#export(),
    });
    this.detailView = new ChatDetailView(
      {
        onClose: () => this.#close(), onRetry: () => this.detail.refresh(), onStep: (step) => this.#step(step),
        onProfile: (profileId) => this.#filterBy({ profileId }), shopperHref: parts.shopperHref, personHref: shopperPageHash,
      },
      (id) => this.log.of(id), tenantOf,
    );
  }

  start() {
    this.#ends = [
      this.reader.page.subscribe(() => this.#renderList()),
      this.detail.open.subscribe(() => this.#renderDetail()),
      i18n.onChange(() => this.redraw()),
      listen(window, 'hashchange', () => this.#follow(true)),
      listen(document, 'keydown', (event) => this.#onKey(/** @type {KeyboardEvent} */ (event))),
    ];
    this.#renderList();
    this.#view = readRoute(location.hash).view;
    this.#read();
    this.#follow(false);
  }

  stop() {
    for (const end of this.#ends) end();
    this.#counting.stop();
    this.reader.stop();
    this.detail.stop();
    this.list.dispose();
  }

  /** Reads again whatever is shown. */
  refresh() {
    this.reader.refresh();
    this.detail.refresh();
  }

  redraw() {
    this.#renderList();
    this.#renderDetail();
  }

  /** The address says which chats are shown; `#follow` reads them. @param {Partial<ChatFilter>} part */
  #filterBy(part) {
    this.#go(this.detail.open.value.id, { filter: { ...this.#view.filter, ...part }, page: 0 });
  }

  /** @param {string | null} chatId @param {View} view */
  #go(chatId, view) {
    location.hash = hashOf(chatId, view);
  }

  #read() {
    const { filter, page } = this.#view;
    this.filters.show(filter);
    this.filters.count(null);
    this.#stepsToDo = [];
    void this.reader.show(filter, page);
  }

  /** Turned by a link: the address says which page it was, and nothing is read again. */
  #onTurned() {
    const { phase, index } = this.reader.page.value;
    if (phase !== 'ready' || index === this.#view.page) return;
    this.#view = { ...this.#view, page: index };
    this.#go(this.detail.open.value.id, this.#view);
  }

  /** Counts that cannot be read are not shown; the list says what is wrong. */
  async #count() {
    const { filter } = this.#view;
    try {
      const counts = await this.#parts.chats.counts(filter);
      if (filter === this.#view.filter) this.filters.count(counts);
    } catch {
      if (filter === this.#view.filter) this.filters.count(null);
    }
  }

  #renderList() {
    this.list.render();
    this.#renderSteps();
    this.#parts.onRender();
  }

  #renderDetail() {
    this.detailView.render(this.detail.open.value);
    this.#renderSteps();
    this.#parts.onRender();
  }

  #renderSteps() {
    const { id, chat } = this.detail.open.value;
    const { rows } = this.reader.page.value;
    this.detailView.steps(id !== null && stepFrom(rows, id, chat, -1) !== null, id !== null && stepFrom(rows, id, chat, 1) !== null);
  }

  /** @param {ChatRow[]} rows */
  #onRead(rows) {
    for (const row of rows) this.profiles.saw(row);
    this.filters.name();
    this.#counting.ask();
    this.#parts.onReadOk();
    if (!this.#stepsToDo.length) return;
    this.list.render();
    for (const step of this.#stepsToDo.splice(0)) this.#step(step);
  }

  /** Whether it has other chats than those that are shown. @param {View} view */
  #isOther(view) {
    return hashOf(null, view) !== hashOf(null, this.#view);
  }

  /** Shows what the address says. @param {boolean} byUser */
  #follow(byUser) {
    const { section, chatId, view } = readRoute(location.hash);
    if (section === 'chats' && this.#isOther(view)) {
      this.#view = view;
      this.#read();
    }
    this.list.render(); // its links keep the filters
    const before = this.detail.open.value.id;
    if (chatId === before) return;
    this.list.rows.open(chatId);
    if (chatId) {
      void this.detail.show(chatId);
    } else {
      this.detail.close();
    }
    this.#renderDetail();
    if (!byUser) return;
    if (chatId) {
      if (!before) this.#scrolled = scrollY;
      this.detailView.focus();
      // On a narrow screen the chat takes the list's place, and begins at its beginning.
      if (this.list.element.offsetParent === null) scrollTo(0, 0);
    } else {
      scrollTo(0, this.#scrolled);
      this.list.rows.focusRow(before ?? '');
    }
  }

  /** A chat is opened; for the id of a profile or a session the service finds its chats. @param {string} id */
  async #openOrFilter(id) {
    try {
      await this.#parts.chats.detail(id);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status === 404) this.#filterBy({ q: id });
      else this.#parts.onProblem(problem);
      return;
    }
    this.filters.show(this.#view.filter);
    openChat(id);
  }

  #showViews() {
    const { filter } = this.#view;
    const { chat } = this.detail.open.value;
    showViews(new SavedViews(features, this.#parts.user ?? ''), filter, chat?.profile_id ?? filter.profileId);
  }

  /** Exactly the chats of the list, on all its pages. */
  #export() {
    const { filter } = this.#view;
    const { total, isLowerBound, readAt } = this.reader.page.value;
    showExport({
      urlOf: (format) => this.#parts.chats.exportUrl(filter, format), words: this.filters.words(filter),
      total: readAt === 0 ? null : total, isLowerBound, onProblem: this.#parts.onProblem,
    });
  }

  #close() {
    this.#go(null, this.#view);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {Element | null} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey
      || target?.closest('dialog') || this.list.element.closest('[hidden]')) return;
    const { id } = this.detail.open.value;
    if (event.key === 'Escape') {
      if (id && !(target instanceof HTMLInputElement && target.value)) this.#close(); // a filled field is cleared first
      return;
    }
    if (target?.closest('input:not([type=radio]), select, textarea')) return;
    if (event.key === '/') this.filters.focus();
    else if (event.key === 'v') this.#showViews();
    else if (event.key === 'e') this.#export();
    else if (event.key === 's') this.#openShopper();
    else if (event.key === 'j' || event.key === 'k') this.#step(event.key === 'j' ? 1 : -1);
    else return;
    event.preventDefault();
  }

  /** The shopper of the open chat, or of the row that has the focus. */
  #openShopper() {
    const id = this.detail.open.value.id ?? this.list.rows.focused;
    const chat = this.detail.open.value.chat ?? this.reader.page.value.rows.find((row) => row.chat_id === id);
    if (chat) location.hash = shopperPageHash(chat.profile_id);
  }

  /**
   * The next chat: opened where one is open, else focused. Of keys that follow each other fast each counts: the address is ahead of the
   * page.
   * @param {1 | -1} step
   */
  #step(step) {
    const { chatId: id, view } = readRoute(location.hash);
    // A key may come before the event of the address that a filter has just changed.
    if (this.#isOther(view)) this.#follow(true);
    const { phase, rows } = this.reader.page.value;
    // Until they are read, the rows are those of the former filter or page.
    if (phase === 'loading') return void this.#stepsToDo.push(step);
    if (id === null) return this.list.rows.move(step);
    const next = stepFrom(rows, id, this.detail.open.value.chat, step);
    if (next) openChat(next.chat_id);
  }
}

/** @param {string} chatId */
export const openChat = (chatId) => { location.hash = chatHash(chatId); };

/** @param {EventTarget} target @param {string} name @param {(event: Event) => void} listener */
export function listen(target, name, listener) {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
