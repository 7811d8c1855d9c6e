import { LARGEST_PAGE, NO_FILTER, PAGE_SIZE } from '../api/chats.js';
import { Problem } from '../api/problem.js';
import { Coalescer } from '../live/coalescer.js';
import { systemClock } from '../live/clock.js';
import { emptyPage, failRead, holdRead, markCompleted, showRead } from './chat-page.js';
import { Store } from './store.js';

/** At most one read of the list in this time, however many events ask for it. */
export const LIST_GAP = 1000;

/** @import { ChatFilter } from '../api/chats.js' */

/** Keeps the shown page of chats: turns pages, filters, and reads again what is shown. */
export class ChatReader {
  #chats;
  #clock;
  #onProblem;
  #onRead;
  #again;
  /** The page that is shown; null is the newest, which moves. @type {string | null} */
  #place = null;
  #turn = 0;
  /** The newest read of a page that was turned to. @type {Promise<void> | null} */
  #reading = null;

  /** Whether the reader looks at the top of the list. Anywhere else new rows would push away what is being read. */
  isAtTop = true;

  /** @type {ChatFilter} */
  filter = NO_FILTER;

  /** @type {Store<import('./chat-page.js').ChatPage>} */
  page;

  /**
   * @param {object} parts
   * @param {Pick<import('../api/chats.js').Chats, 'newest' | 'at' | 'page'>} parts.chats
   * @param {(problem: Problem) => void} parts.onProblem every failed read
   * @param {(rows: import('../api/types.js').ChatRow[]) => void} parts.onRead every row that was read
   * @param {import('../live/clock.js').Clock} [parts.clock]
   * @param {import('./store.js').Frame} [parts.frame]
   */
  constructor({ chats, onProblem, onRead, clock = systemClock, frame }) {
    this.#chats = chats;
    this.#clock = clock;
    this.#onProblem = onProblem;
    this.#onRead = onRead;
    this.#again = new Coalescer(() => this.#readAgain(), LIST_GAP, clock);
    this.page = new Store(emptyPage(), frame);
  }

  get isNewest() {
    return this.#place === null;
  }

  /** Reads again what is shown, soon. */
  refresh() {
    this.#again.ask();
  }

  stop() {
    this.#turn++;
    this.#again.stop();
  }

  /** @param {ChatFilter} filter @param {number} page from 0, which is the newest and moves */
  show(filter, page) {
    this.filter = filter;
    return this.#turnTo(page === 0 ? null : this.#chats.at(filter, page));
  }

  first() {
    return this.#turnTo(null);
  }

  async next() {
    const { next } = this.page.value.links;
    if (next) await this.#turnTo(next);
  }

  async last() {
    const { last } = this.page.value.links;
    if (last) await this.#turnTo(last);
  }

  async previous() {
    const { prev } = this.page.value.links;
    if (prev) await this.#turnTo(prev);
  }

  /** Marks the row at once; what else has changed comes with the next read. @param {string} id */
  completed(id) {
    this.page.set(markCompleted(this.page.value, id));
  }

  /** @param {string | null} place */
  async #turnTo(place) {
    this.#place = place;
    this.isAtTop = true;
    this.page.patch({ phase: 'loading', problem: null }); // the old rows stay, dimmed, until the new ones are here
    this.#reading = this.#read(place ?? this.#newest(PAGE_SIZE), showRead);
    // A refresh may overtake the read: the page is shown when the newest one ends.
    for (let ended = null; ended !== this.#reading && this.#place === place;) await (ended = this.#reading);
    // Paged back to the beginning: from here on the list is live again.
    if (this.#place === place && place !== null && this.page.value.phase === 'ready' && !this.page.value.links.prev) this.#place = null;
  }

  async #readAgain() {
    const { phase, held } = this.page.value;
    if (phase !== 'ready') await this.#turnTo(this.#place);
    else if (this.#place !== null) await this.#read(this.#place, holdRead);
    else if (this.isAtTop) await this.#read(this.#newest(PAGE_SIZE), showRead);
    // As far down as the rows that are shown have been pushed.
    else await this.#read(this.#newest(Math.min(LARGEST_PAGE, PAGE_SIZE + held + PAGE_SIZE)), holdRead);
  }

  /** @param {number} size */
  #newest(size) {
    return this.#chats.newest(this.filter, size);
  }

  /**
   * @param {string} url
   * @param {typeof showRead} apply
   */
  async #read(url, apply) {
    const turn = ++this.#turn;
    try {
      const { data, links } = await this.#chats.page(url);
      if (turn !== this.#turn) return; // the reader has gone on meanwhile
      this.page.set(apply(this.page.value, { page: data, links, at: this.#clock.now() }));
      this.#onRead(data.items);
    } catch (thrown) {
      if (turn !== this.#turn) return;
      const problem = Problem.from(thrown);
      this.page.set(failRead(this.page.value, problem));
      this.#onProblem(problem);
    }
  }
}
