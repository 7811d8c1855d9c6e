import { h } from './dom.js';
import { ChatRowView } from './chat-row.js';

/** @import { ChatRow } from '../api/types.js' */

/**
 * The list of chats. A row keeps its element as long as it is shown, so focus, selection and animations survive every
 * update; and what the reader looks at stays where it is on the screen, whatever comes in above it.
 */
export class ChatRows {
  #tenantOf;
  /** @type {Map<string, ChatRowView>} */
  #views = new Map();
  /** The row that Tab reaches; the arrow keys move it. @type {string | null} */
  #current = null;
  /** @type {string | null} */
  #open = null;
  /** The row that gets the focus when it is here. @type {string | null} */
  #awaited = null;

  element = h('ul', {
    class: 'rows', testid: 'chat-list', tAttrs: { 'aria-label': 'list.title' },
    on: { keydown: (event) => this.#onKey(event), focusin: (event) => this.#onFocus(event) },
  });

  /** @param {(row: ChatRow) => string | null} tenantOf what to call a row's tenant, where that has to be told */
  constructor(tenantOf) {
    this.#tenantOf = tenantOf;
  }

  /**
   * @param {readonly ChatRow[]} rows
   * @param {ReadonlySet<string>} fresh ids to point out
   * @param {readonly string[]} words to mark
   */
  render(rows, fresh, words) {
    const anchor = this.#anchor();
    const focused = this.#focusedIndex();
    const ids = new Set(rows.map((row) => row.chat_id));
    for (const [id, view] of this.#views) {
      if (ids.has(id)) continue;
      view.element.remove();
      this.#views.delete(id);
    }

    rows.forEach((row, index) => this.#place(row, index, fresh.has(row.chat_id), words));
    this.#rove(rows);
    this.#focusAwaited();
    // The focused row has left: its neighbour takes over, for without a place the keyboard starts from the top of the page.
    if (focused >= 0 && !this.element.contains(document.activeElement)) this.#focus(Math.min(focused, rows.length - 1));
    anchor?.();
  }

  /** @param {string | null} id the chat whose detail is shown */
  open(id) {
    this.#open = id;
    for (const [key, view] of this.#views) view.mark(key === id);
  }

  /** Moves the focus; from outside the list to its current row. @param {1 | -1} step */
  move(step) {
    const index = this.#focusedIndex();
    const current = [...this.element.children].findIndex((item) => item.querySelector('a')?.tabIndex === 0);
    this.#focus(index < 0 ? current : Math.max(0, Math.min(this.element.children.length - 1, index + step)));
  }

  /** The chat whose row has the focus. */
  get focused() {
    return this.#focusedIndex() < 0 ? null : this.#current;
  }

  /** Focuses a row, at once or when it has been read. @param {string} id */
  focusRow(id) {
    const view = this.#views.get(id);
    this.#awaited = view ? null : id;
    view?.link.focus();
  }

  /** @param {ChatRow} row @param {number} index @param {boolean} isFresh @param {readonly string[]} words */
  #place(row, index, isFresh, words) {
    let view = this.#views.get(row.chat_id);
    const isNew = !view;
    if (!view) {
      view = new ChatRowView();
      this.#views.set(row.chat_id, view);
      view.mark(row.chat_id === this.#open);
    }

    view.update(row, this.#tenantOf(row), words);
    const there = this.element.children[index];
    if (there !== view.element) this.element.insertBefore(view.element, there ?? null);
    if (isFresh) view.animate(isNew ? 'arrives' : 'changes');
  }

  /**
   * Remembers where the first row in sight is; the function that it returns scrolls that row back there. Not at the top:
   * there new rows are what the reader waits for.
   */
  #anchor() {
    const scroller = scrollerOf(this.element);
    if (scroller.scrollTop < 8) return null;
    const top = scroller === document.documentElement ? 0 : scroller.getBoundingClientRect().top;
    const row = /** @type {HTMLElement[]} */ ([...this.element.children]).find((one) => one.getBoundingClientRect().bottom > top);
    if (!row) return null;
    const before = row.getBoundingClientRect().top;
    return () => {
      if (row.isConnected) scroller.scrollTop += row.getBoundingClientRect().top - before;
    };
  }

  /** @param {readonly ChatRow[]} rows */
  #rove(rows) {
    if (!this.#current || !this.#views.has(this.#current)) this.#current = rows[0]?.chat_id ?? null;
    for (const [id, view] of this.#views) view.link.tabIndex = id === this.#current ? 0 : -1;
  }

  /** Unless the reader has turned to something else meanwhile. */
  #focusAwaited() {
    const view = this.#views.get(this.#awaited ?? '');
    if (!view) return;
    this.#awaited = null;
    if (document.activeElement === document.body) view.link.focus({ preventScroll: true });
  }

  /** @param {FocusEvent} event */
  #onFocus(event) {
    this.#awaited = null;
    const id = /** @type {Element} */ (event.target).getAttribute('data-chat-id');
    if (!id || id === this.#current) return;
    const before = this.#views.get(this.#current ?? '');
    if (before) before.link.tabIndex = -1;
    this.#current = id;
    const view = this.#views.get(id);
    if (view) view.link.tabIndex = 0;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const last = this.element.children.length - 1;
    const index = this.#focusedIndex();
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last }[event.key];
    if (to === undefined || index < 0) return;
    event.preventDefault();
    this.#focus(Math.max(0, Math.min(last, to)));
  }

  /** @param {number} index */
  #focus(index) {
    const link = this.element.children[index]?.querySelector('a');
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  }

  #focusedIndex() {
    const item = document.activeElement?.closest('li');
    return item && this.element.contains(item) ? [...this.element.children].indexOf(item) : -1;
  }
}

/** On a wide screen the list scrolls by itself, on a narrow one the page does. @param {HTMLElement} element */
function scrollerOf(element) {
  const pane = /** @type {HTMLElement | null} */ (element.closest('.scroll'));
  return pane && pane.scrollHeight > pane.clientHeight && getComputedStyle(pane).overflowY !== 'visible' ? pane : document.documentElement;
}
