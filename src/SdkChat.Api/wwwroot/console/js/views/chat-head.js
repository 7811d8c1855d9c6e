import { i18n } from '../i18n/i18n.js';
import { foreign, h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { patch } from './patch.js';
import { aboutOf, avatar, nameOf, setAvatar } from './person.js';
import { setStatus, statusPill } from './status.js';

/** @import { ChatDetail } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { IconName } from './icons.js' */
/** @import { DetailListener } from './chat-detail.js' */

/** Whose chat it is, its status, and what can be done with it. */
export class ChatHead {
  #listener;
  #tenantOf;
  #heading = h('h2', { class: 'detail-name', attrs: { tabindex: -1, id: 'detail-title' } });
  #about = h('p', { class: 'detail-about' });
  #avatar = avatar();
  #status = statusPill('in_progress', 'detail-status');
  #play;
  #previous;
  #next;

  element;

  /**
   * @param {DetailListener} listener
   * @param {(chat: ChatDetail) => string | null} tenantOf
   * @param {() => void} play
   */
  constructor(listener, tenantOf, play) {
    this.#listener = listener;
    this.#tenantOf = tenantOf;
    this.#previous = button('detail-previous', 'detail.previous', 'up', () => listener.onStep(-1), 'detail-wide');
    this.#next = button('detail-next', 'detail.next', 'down', () => listener.onStep(1), 'detail-wide');
    this.#play = button('detail-play', 'detail.play', 'play', play);
    this.element = h('header', { class: 'detail-head' }, this.#avatar,
      h('div', { class: 'detail-who' }, this.#heading, this.#about), this.#status,
      h('div', { class: 'detail-buttons' }, this.#previous, this.#next,
        button('detail-print', 'detail.print', 'print', () => print(), 'detail-wide'), this.#play,
        button('detail-close', 'detail.close', 'close', () => listener.onClose())));
  }

  /** @param {ChatDetail | null} chat */
  render(chat) {
    this.#status.hidden = chat === null;
    this.#avatar.hidden = chat === null;
    this.#play.hidden = chat === null || chat.status === 'in_progress';
    if (chat) this.#renderChat(chat);
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

  /** @param {ChatDetail} chat */
  #renderChat(chat) {
    const summary = chat.profile_summary;
    const href = this.#listener.personHref?.(chat.profile_id);
    patch(this.#heading, [nameOf(summary), href], () => [href
      ? h('a', { class: 'person-link', testid: 'detail-person', attrs: { href } }, foreign(nameOf(summary))) : foreign(nameOf(summary))]);
    patch(this.#about, [summary, chat.profile_id, this.#tenantOf(chat)], () => this.#aboutLine(chat));
    setAvatar(this.#avatar, chat.profile_id, summary);
    setStatus(this.#status, chat.status);
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

  #clear() {
    patch(this.#heading, null, () => [i18n.t('detail.title')]);
    patch(this.#about, null, () => []);
  }
}

/** @param {string} testid @param {Key} label @param {IconName} picture @param {() => void} click @param {string} [className] */
function button(testid, label, picture, click, className = '') {
  return h('button', {
    class: `button quiet icon-button ${className}`.trim(), testid, tAttrs: { 'aria-label': label, title: label },
    attrs: { type: 'button' }, on: { click },
  }, icon(picture));
}
