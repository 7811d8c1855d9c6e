import { chatHash } from '../app/route.js';
import { i18n } from '../i18n/i18n.js';
import { copyButton } from './copy.js';
import { foreign, h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { textBlock } from './json.js';
import { patch } from './patch.js';
import { aboutOf, avatar, nameOf, setAvatar } from './person.js';
import { Replay } from './replay.js';
import { errorState, loadingState, staleBanner } from './states.js';
import { setStatus, statusPill } from './status.js';
import { stepsFrom, stepsOf, timeline } from './timeline.js';

/** @import { ChatDetail } from '../api/types.js' */
/** @import { OpenChat } from '../state/detail-reader.js' */
/** @import { SeenEvent } from '../state/live-log.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { IconName } from './icons.js' */

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
  #tenantOf;
  #heading = h('h2', { class: 'detail-name', attrs: { tabindex: -1, id: 'detail-title' } });
  #about = h('p', { class: 'detail-about' });
  #avatar = avatar();
  #status = statusPill('in_progress', 'detail-status');
  #state = h('div', { class: 'detail-state' });
  #replay = new Replay();
  #play = h('button', { class: 'button quiet icon-button', testid: 'detail-play', tAttrs: { 'aria-label': 'detail.play', title: 'detail.play' }, attrs: { type: 'button' }, on: { click: () => this.#replay.play() } }, icon('play'));
  #timeline = h('ol', { class: 'timeline', testid: 'timeline' });
  #facts = h('dl', { class: 'facts' });
  #raw = rawResult(() => this.#result);
  #result = '';
  #previous = this.#button('detail-previous', 'detail.previous', 'up', () => this.#listener.onStep(-1), 'detail-wide');
  #next = this.#button('detail-next', 'detail.next', 'down', () => this.#listener.onStep(1), 'detail-wide');
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
    this.#tenantOf = tenantOf;
    this.#content = h('div', { class: 'detail-content' }, this.#replay.element,
      h('section', { class: 'group' }, h('h3', { t: 'timeline.title' }), this.#timeline),
      h('section', { class: 'group' }, h('h3', { t: 'facts.title' }), this.#facts, this.#raw));
    this.#scroll = h('div', { class: 'detail-scroll scroll', attrs: { tabindex: 0, role: 'group', 'aria-labelledby': 'detail-title' } }, this.#state, this.#content);
    this.element = h('section', { class: 'card detail', testid: 'chat-detail', attrs: { hidden: true, 'aria-labelledby': 'detail-title' } },
      h('header', { class: 'detail-head' }, this.#avatar, h('div', { class: 'detail-who' }, this.#heading, this.#about), this.#status, this.#buttons()),
      this.#scroll);
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
    this.#status.hidden = open.chat === null;
    this.#avatar.hidden = open.chat === null;
    this.#play.hidden = open.chat === null || open.chat.status === 'in_progress';
    if (open.chat) this.#renderChat(open.chat, open.timeline);
    else this.#clear();
  }

  /** Whether the list has chats before and after this one. @param {boolean} previous @param {boolean} next */
  steps(previous, next) {
    setAttribute(this.#previous, 'aria-disabled', String(!previous));
    setAttribute(this.#next, 'aria-disabled', String(!next));
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
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
    const summary = chat.profile_summary;
    const href = this.#listener.personHref?.(chat.profile_id);
    patch(this.#heading, [nameOf(summary), href], () => [href
      ? h('a', { class: 'person-link', testid: 'detail-person', attrs: { href } }, foreign(nameOf(summary))) : foreign(nameOf(summary))]);
    patch(this.#about, [summary, chat.profile_id, this.#tenantOf(chat)], () => this.#aboutLine(chat));
    setAvatar(this.#avatar, chat.profile_id, summary);
    setStatus(this.#status, chat.status);
    this.#replay.render(chat);
    const steps = items ? stepsFrom(items) : stepsOf(chat, this.#seen(chat.chat_id));
    patch(this.#timeline, steps, () => timeline(steps));
    this.#showResult(chat);
    patch(this.#facts, [chat.chat_id, chat.profile_id, chat.profile_session_id], () => [
      ...fact('facts.chat', chat.chat_id, copyButton('copy.id', 'copy-id', () => chat.chat_id), copyButton('copy.link', 'copy-link', () => linkTo(chat.chat_id))), ...fact('facts.profile', chat.profile_id), ...fact('facts.session', chat.profile_session_id ?? '–'),
    ]);
  }

  /** Written when it is unfolded: most readers never look. @param {ChatDetail} chat */
  #showResult({ todos, recommended_items, notification_items }) {
    const text = JSON.stringify({ todos, recommended_items, notification_items }, null, 2);
    if (text === this.#result) return;
    this.#result = text;
    this.#raw.open = false;
  }

  /** @param {ChatDetail} chat */
  #aboutLine(chat) {
    const tenant = this.#tenantOf(chat);
    const only = () => this.#listener.onProfile(chat.profile_id);
    const numbers = this.#listener.shopperHref?.(chat.profile_id);
    const about = aboutOf(chat.profile_summary);
    return [
      ...(tenant ? [h('span', { class: 'tag' }, tenant), ' '] : []), ...(about ? [h('span', null, about), ' '] : []),
      h('button', { class: 'link', t: 'detail.only-profile', attrs: { type: 'button' }, on: { click: only } }),
      ...(numbers ? [h('a', { class: 'link', testid: 'detail-shopper', t: 'detail.shopper', attrs: { href: numbers } })] : []),
    ];
  }

  /** Nothing of the chat before may stay where the next one, or the next user, could see it. */
  #clear() {
    patch(this.#heading, null, () => [i18n.t('detail.title')]);
    patch(this.#about, null, () => []);
    patch(this.#timeline, null, () => []);
    patch(this.#facts, null, () => []);
    this.#result = '';
    this.#raw.open = false;
    this.#raw.lastElementChild?.replaceChildren();
  }

  #backButton() {
    return h('button', { class: 'button', testid: 'detail-back', t: 'detail.back', attrs: { type: 'button' }, on: { click: () => this.#listener.onClose() } });
  }

  #buttons() {
    return h('div', { class: 'detail-buttons' }, this.#previous, this.#next, this.#button('detail-print', 'detail.print', 'print', () => print(), 'detail-wide'), this.#play,
      this.#button('detail-close', 'detail.close', 'close', () => this.#listener.onClose()));
  }

  /** @param {string} testid @param {Key} label @param {IconName} picture @param {() => void} click @param {string} [className] */
  #button(testid, label, picture, click, className = '') {
    return h('button', {
      class: `button quiet icon-button ${className}`.trim(), testid, tAttrs: { 'aria-label': label, title: label }, attrs: { type: 'button' }, on: { click },
    }, icon(picture));
  }
}

/** The pipeline's result as it came, with a way to take it along. @param {() => string} text */
function rawResult(text) {
  const content = h('div', { class: 'json-part' });
  const details = h('details', { class: 'rest', testid: 'detail-raw', on: { toggle: () => {
    const copy = copyButton('copy.json', 'copy-json', text);
    content.replaceChildren(...(details.open ? [...(copy ? [copy] : []), textBlock(text())] : []));
  } } }, h('summary', { t: 'detail.raw' }), content);
  return details;
}

/** @param {import('../i18n/i18n.js').Key} key @param {string} value @param {...(HTMLElement | null)} buttons */
const fact = (key, value, ...buttons) => [h('dt', { t: key }), h('dd', null, value, ...buttons)];

/** The chat alone, without the filters of who copies. @param {string} id */
const linkTo = (id) => `${location.origin}${location.pathname}${chatHash(id, '')}`;
