import { NO_FILTER } from '../api/chats.js';
import { i18n } from '../i18n/i18n.js';
import { wordsOf } from '../state/highlight.js';
import { ChatRows } from './chat-rows.js';
import { densityButton } from './density.js';
import { foreign, h, say } from './dom.js';
import { icon } from './icons.js';
import { Pager } from './pager.js';
import { emptyState, errorState, loadingState, staleBanner } from './states.js';

/** @import { ChatRow } from '../api/types.js' */
/** @import { ChatFilter } from '../api/chats.js' */
/** @import { ChatPage } from '../state/chat-page.js' */
/** @import { ChatReader } from '../state/chat-reader.js' */
/** @import { Filters } from './filters.js' */

const SKELETONS = 8;

/** The pane with the chats: filters, rows, pages, and what stands there when there are none. */
export class ChatList {
  #reader;
  #filters;
  #listener;
  #pager;
  #state = h('div', { class: 'list-state' });
  #banner = h('div', { class: 'list-banner' });
  #news = h('button', {
    class: 'news', testid: 'new-chats', attrs: { type: 'button', hidden: true }, on: { click: () => this.#toTop() },
  }, icon('up'), h('span', null));
  #top = h('div', { class: 'list-top', attrs: { 'aria-hidden': 'true' } });
  #scroll;
  #observer;
  #shown = '';
  rows;
  element;

  /**
   * @param {ChatReader} reader
   * @param {Filters} filters
   * @param {(row: ChatRow) => string | null} tenantOf
   * @param {{ onFilter: (filter: ChatFilter) => void, onTurned: () => void, onExport: () => void }} listener
   */
  constructor(reader, filters, tenantOf, listener) {
    this.#reader = reader;
    this.#filters = filters;
    this.#listener = listener;
    this.rows = new ChatRows(tenantOf);
    this.#pager = new Pager({
      first: () => this.#turn(reader.first()), previous: () => this.#turn(reader.previous()),
      next: () => this.#turn(reader.next()), last: () => this.#turn(reader.last()),
    }, [exportButton(listener.onExport), densityButton()]);
    this.#scroll = h('div', { class: 'list-scroll scroll' }, this.#top, this.#banner, this.rows.element, this.#state);
    this.element = h(
      'section', { class: 'card list', attrs: { 'aria-labelledby': 'list-title' } },
      h('div', { class: 'list-head' }, h('h2', { t: 'list.title', attrs: { id: 'list-title' } }), filters.element),
      h('div', { class: 'list-body' }, h('div', { class: 'news-place', attrs: { role: 'status' } }, this.#news), this.#scroll),
      this.#pager.element,
    );
    // Whether the top is in sight, without asking the layout on every scroll.
    this.#observer = new IntersectionObserver(([entry]) => this.#onTop(
      // Below the window, it has not been scrolled away; behind the pane's edge, it has.
      entry.isIntersecting || (entry.boundingClientRect.top > 0 && this.#scroll.scrollTop === 0)));
    this.#observer.observe(this.#top);
  }

  dispose() {
    this.#observer.disconnect();
  }

  render() {
    const page = this.#reader.page.value;
    this.rows.render(page.rows, page.fresh, wordsOf(this.#reader.filter.q));
    this.#pager.render(page);
    this.element.setAttribute('aria-busy', String(page.phase === 'loading'));
    this.#news.hidden = page.held === 0;
    const label = this.#news.lastElementChild;
    if (page.held > 0 && label) say(label, 'list.news', { n: page.held });
    this.#renderState(page, page.rows.length);
  }

  /** Rebuilt only when it says something else: a blinking skeleton is no progress. @param {ChatPage} page @param {number} shown */
  #renderState(page, shown) {
    const filtered = Object.values(this.#reader.filter).some((value) => value !== '');
    const kind = shown > 0 ? '' : page.phase === 'ready' ? (filtered ? 'filtered' : 'empty') : page.phase;
    const searched = kind === 'filtered' ? this.#filters.words(this.#reader.filter).join(' · ') : '';
    const key = `${i18n.language} ${kind} ${searched} ${page.problem?.status ?? ''} ${page.problem?.code ?? ''}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const retry = () => this.#reader.refresh();
    this.#banner.replaceChildren(...(page.problem && page.phase === 'ready' ? [staleBanner(page.problem, retry)] : []));
    /** @type {Node[]} */
    const state = [];
    if (kind === 'loading') state.push(loadingState(SKELETONS));
    else if (kind === 'failed' && page.problem) state.push(errorState(page.problem, retry));
    else if (kind === 'empty') state.push(emptyState('list.empty', 'list.empty.hint'));
    else if (kind === 'filtered') state.push(emptyState('list.filtered', 'list.filtered.hint',
      h('div', null, h('p', { class: 'searched', testid: 'searched' }, foreign(searched)), this.#clearButton())));
    this.#state.replaceChildren(...state);
  }

  #clearButton() {
    return h('button', {
      class: 'button', t: 'filter.clear', attrs: { type: 'button' },
      on: { click: () => this.#listener.onFilter(NO_FILTER) },
    });
  }

  /** @param {boolean} isInSight */
  #onTop(isInSight) {
    const wasThere = this.#reader.isAtTop;
    this.#reader.isAtTop = isInSight;
    if (isInSight && !wasThere && this.#reader.page.value.held > 0 && this.#reader.isNewest) this.#reader.refresh();
  }

  #toTop() {
    this.#turn(this.#reader.first());
  }

  /** @param {Promise<void>} turning */
  #turn(turning) {
    this.#scroll.scrollTop = 0;
    if (this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView({ block: 'start' });
    void turning.then(this.#listener.onTurned);
  }
}

/** @param {() => void} click */
const exportButton = (click) => h('button', {
  class: 'button quiet', testid: 'export', attrs: { type: 'button' }, on: { click },
}, icon('save'), h('span', { t: 'export' }));
