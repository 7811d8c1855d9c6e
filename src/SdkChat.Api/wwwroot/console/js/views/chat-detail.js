import { ChatFacts } from './chat-facts.js';
import { ChatHead } from './chat-head.js';
import { h, setAttribute } from './dom.js';
import { patch } from './patch.js';
import { Replay } from './replay.js';
import { errorState, loadingState, staleBanner } from './states.js';
import { stepsFrom, stepsOf, timeline } from './timeline.js';

/** @import { ChatDetail } from '../api/types.js' */
/** @import { OpenChat } from '../state/detail-reader.js' */
/** @import { SeenEvent } from '../state/live-log.js' */

/**
 * @typedef {object} DetailListener
 * @property {() => void} onClose
 * @property {() => void} onRetry
 * @property {(step: 1 | -1) => void} onStep opens the next or the previous chat of the list
 * @property {(profileId: string) => void} onProfile shows this shopper's chats alone
 * @property {(profileId: string) => string} [shopperHref] where a shopper's numbers are
 * @property {(profileId: string) => string} [personHref] where a shopper's page is
 */

/** One chat, from prompt to end. */
export class ChatDetailView {
  #listener;
  #seen;
  #head;
  #state = h('div', { class: 'detail-state' });
  #replay = new Replay();
  #timeline = h('ol', { class: 'timeline', testid: 'timeline' });
  #facts = new ChatFacts();
  #content;
  #scroll;
  #shown = '';

  element;

  /**
   * @param {DetailListener} listener
   * @param {(id: string) => readonly SeenEvent[]} seen
   * @param {(chat: ChatDetail) => string | null} tenantOf
   */
  constructor(listener, seen, tenantOf) {
    this.#listener = listener;
    this.#seen = seen;
    this.#head = new ChatHead(listener, tenantOf, () => this.#replay.play());
    this.#content = h('div', { class: 'detail-content' }, this.#replay.element,
      h('section', { class: 'group' }, h('h3', { t: 'timeline.title' }), this.#timeline), this.#facts.element);
    this.#scroll = h('div', {
      class: 'detail-scroll scroll', attrs: { tabindex: 0, role: 'group', 'aria-labelledby': 'detail-title' },
    }, this.#state, this.#content);
    this.element = h('section', {
      class: 'card detail', testid: 'chat-detail', attrs: { hidden: true, 'aria-labelledby': 'detail-title' },
    }, this.#head.element, this.#scroll);
  }

  /** @param {OpenChat} open */
  render(open) {
    this.element.hidden = open.id === null;
    setAttribute(this.element, 'data-chat-id', open.id);
    setAttribute(this.element, 'aria-busy', String(open.phase === 'loading'));
    if (open.id !== null && open.id !== this.#shown) this.#scroll.scrollTop = 0;
    this.#shown = open.id ?? '';
    patch(this.#state, [open.id, open.phase, open.problem?.status, open.problem?.code], () => this.#stateOf(open));
    this.#content.hidden = open.chat === null;
    this.#head.render(open.chat);
    if (open.chat) this.#renderChat(open.chat, open.timeline);
    else this.#clear();
  }

  /** Whether the list has chats before and after this one. @param {boolean} previous @param {boolean} next */
  steps(previous, next) {
    this.#head.steps(previous, next);
  }

  focus() {
    this.#head.focus();
  }

  /** @param {OpenChat} open */
  #stateOf({ id, phase, problem }) {
    if (id === null) return [];
    if (phase === 'loading') return [loadingState(5)];
    if (!problem) return [];
    if (phase !== 'failed') return [staleBanner(problem, this.#listener.onRetry)];
    return [errorState(problem, this.#listener.onRetry, problem.status === 404 ? this.#backButton() : null)];
  }

  /** @param {ChatDetail} chat @param {OpenChat['timeline']} items */
  #renderChat(chat, items) {
    this.#replay.render(chat);
    const steps = items ? stepsFrom(items) : stepsOf(chat, this.#seen(chat.chat_id));
    patch(this.#timeline, steps, () => timeline(steps));
    this.#facts.render(chat);
  }

  /** Nothing of the chat before may stay where the next one, or the next user, could see it. */
  #clear() {
    patch(this.#timeline, null, () => []);
    this.#facts.clear();
  }

  #backButton() {
    return h('button', {
      class: 'button', testid: 'detail-back', t: 'detail.back', attrs: { type: 'button' }, on: { click: () => this.#listener.onClose() },
    });
  }
}
