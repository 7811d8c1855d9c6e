import { i18n } from '../i18n/i18n.js';
import { foreign, h } from './dom.js';
import { icon } from './icons.js';
import { itemList, notificationView, recommendedView, todoView } from './items.js';
import { patch } from './patch.js';
import { ago } from './time.js';

/** @import { ChatDetail } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** The chat as the shopper saw it: a question, and what came back, in the order in which it came. */
export class Replay {
  #prompt = h('div', { class: 'bubble asked' });
  #answer = h('div', { class: 'answer' });
  #todos = group('todos');
  #recommended = group('recommended');
  #notifications = group('notifications');
  #outcome = h('div', { class: 'outcome' });

  element = h('div', { class: 'replay' }, this.#prompt, this.#answer, this.#todos, this.#recommended, this.#notifications, this.#outcome);

  /** @param {ChatDetail} chat */
  render(chat) {
    const locale = chat.profile_summary?.locale ?? null;
    patch(this.#prompt, [chat.prompt, chat.created_at], () => [
      h('p', { class: 'bubble-text', testid: 'detail-prompt' }, foreign(chat.prompt)), ago(chat.created_at, 'bubble-time'),
    ]);
    const nothing = !chat.todos.length && !chat.recommended_items.length && !chat.notification_items.length;
    patch(this.#answer, [chat.status, nothing, chat.back_list_status], () => [
      chat.status === 'in_progress' ? waiting() : nothing ? note('replay.nothing') : note('replay.answer'),
      h('span', { class: 'tag backlist', testid: 'backlist-status', attrs: { title: i18n.t('backlist.meaning') } },
        `${i18n.t('backlist')}: ${i18n.word('backlist', chat.back_list_status)}`),
    ]);
    fill(this.#todos, 'replay.todos', chat.todos, () => itemList(chat.todos, todoView, { class: 'todos', locale }));
    fill(this.#recommended, 'replay.recommended', chat.recommended_items,
      () => itemList(chat.recommended_items, recommendedView, { class: 'products', locale }));
    fill(this.#notifications, 'replay.notifications', chat.notification_items,
      () => itemList(chat.notification_items, notificationView, { class: 'notifications', locale }));
    patch(this.#outcome, [chat.status, chat.last_error, chat.ended_at], () => [
      ...(chat.last_error ? [h('div', { class: 'bubble failed', testid: 'detail-error' }, icon('error'),
        h('p', null, foreign(chat.last_error)))] : []),
      ...(chat.ended_at ? [h('p', { class: 'ending' }, h('span', null, i18n.t('replay.ended')), ' ', ago(chat.ended_at))] : []),
    ]);
  }

  /** Lets everything appear one after the other, once more. */
  play() {
    this.element.classList.remove('plays');
    void this.element.offsetWidth; // the browser has to see it gone to start over
    this.element.classList.add('plays');
  }
}

/** @param {string} testid */
const group = (testid) => h('section', { class: 'group', testid });

/**
 * @param {HTMLElement} section
 * @param {Key} title
 * @param {readonly unknown[]} items
 * @param {() => HTMLElement} build
 */
function fill(section, title, items, build) {
  section.hidden = items.length === 0;
  patch(section, items, () => (items.length
    ? [h('h3', null, i18n.t(title), h('span', { class: 'count' }, i18n.t('count', { n: items.length }))), build()] : []));
}

/** @param {Key} key */
const note = (key) => h('p', { class: 'note' }, i18n.t(key));

const waiting = () => h('p', { class: 'bubble typing', attrs: { role: 'status' } },
  h('span', { class: 'dot' }), h('span', { class: 'dot' }), h('span', { class: 'dot' }),
  h('span', { class: 'typing-text' }, i18n.t('replay.waiting')));
