import { ChatReader } from '../state/chat-reader.js';
import { Problem } from '../api/problem.js';
import { DetailReader } from '../state/detail-reader.js';
import { LiveLog } from '../state/live-log.js';
import { Profiles } from '../state/profiles.js';
import { ChatDetailView } from '../views/chat-detail.js';
import { ChatList } from '../views/chat-list.js';
import { Filters } from '../views/filters.js';
import { i18n } from '../i18n/i18n.js';
import { chatHash, LIST_HASH, readRoute } from './route.js';

/** @import { ChatRow } from '../api/types.js' */
/** @import { Chats } from '../api/chats.js' */

/**
 * @typedef {object} BrowserParts
 * @property {Chats} chats
 * @property {(problem: Problem) => void} onProblem
 * @property {() => void} onReadOk a read of the list was answered
 * @property {(row: ChatRow) => string | null} tenantOf
 * @property {boolean} withTenants whether one can choose a tenant
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
      onStatus: (status) => {
        this.list.status = status;
        this.list.render();
      },
      onProfile: (profileId) => void this.reader.filterBy({ profileId }),
      onId: (id) => this.#openOrFilter(id),
      onTenant: parts.withTenants ? (tenantId) => void this.reader.filterBy({ tenantId }) : null,
    });
    this.list = new ChatList(this.reader, this.filters, tenantOf);
    this.detailView = new ChatDetailView(
      { onClose: () => this.#close(), onRetry: () => this.detail.refresh(), onProfile: (id) => this.onlyProfile(id) },
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
    void this.reader.first();
    this.#follow(false);
  }

  stop() {
    for (const end of this.#ends) end();
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

  /** @param {string} profileId */
  onlyProfile(profileId) {
    this.filters.showProfile(profileId);
    void this.reader.filterBy({ profileId });
  }

  #renderList() {
    this.list.render();
    this.#parts.onRender();
  }

  #renderDetail() {
    this.detailView.render(this.detail.open.value);
    this.#parts.onRender();
  }

  /** @param {ChatRow[]} rows */
  #onRead(rows) {
    for (const row of rows) this.profiles.saw(row);
    this.#parts.onReadOk();
  }

  /** Shows what the address says. @param {boolean} byUser */
  #follow(byUser) {
    const { chatId } = readRoute(location.hash);
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

  /** An id that nobody here has seen is a chat's or a profile's: the service knows which. @param {string} id */
  async #openOrFilter(id) {
    try {
      await this.#parts.chats.detail(id);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.status === 404) await this.reader.filterBy({ profileId: id });
      else this.#parts.onProblem(problem);
      return;
    }
    this.filters.showProfile(this.reader.filter.profileId);
    openChat(id);
  }

  #close() {
    location.hash = LIST_HASH;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.detail.open.value.id) return;
    const target = /** @type {Element | null} */ (event.target);
    if (target?.closest('dialog') || (target instanceof HTMLInputElement && target.value)) return; // theirs to close or clear
    this.#close();
  }
}

/** @param {string} chatId */
export const openChat = (chatId) => { location.hash = chatHash(chatId); };

/** @param {EventTarget} target @param {string} name @param {(event: Event) => void} listener */
export function listen(target, name, listener) {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
