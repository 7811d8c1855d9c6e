import { chatHash } from '../app/route.js';
import { copyButton } from './copy.js';
import { h } from './dom.js';
import { textBlock } from './json.js';
import { patch } from './patch.js';

/** @import { ChatDetail } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** The ids of a chat and the pipeline's result as it came, each with a way to take it along. */
export class ChatFacts {
  #list = h('dl', { class: 'facts' });
  #result = '';
  #raw = rawResult(() => this.#result);

  element = h('section', { class: 'group' }, h('h3', { t: 'facts.title' }), this.#list, this.#raw);

  /** @param {ChatDetail} chat */
  render(chat) {
    this.#showResult(chat);
    patch(this.#list, [chat.chat_id, chat.profile_id, chat.profile_session_id], () => [
      ...fact('facts.chat', chat.chat_id, copyButton('copy.id', 'copy-id', () => chat.chat_id),
        copyButton('copy.link', 'copy-link', () => linkTo(chat.chat_id))),
      ...fact('facts.profile', chat.profile_id), ...fact('facts.session', chat.profile_session_id ?? '–'),
    ]);
  }

  clear() {
    patch(this.#list, null, () => []);
    this.#result = '';
    this.#raw.open = false;
    this.#raw.lastElementChild?.replaceChildren();
  }

  /** Written when it is unfolded: most readers never look. @param {ChatDetail} chat */
  #showResult({ todos, recommended_items, notification_items }) {
    const text = JSON.stringify({ todos, recommended_items, notification_items }, null, 2);
    if (text === this.#result) return;
    this.#result = text;
    this.#raw.open = false;
  }
}

/** @param {() => string} text */
function rawResult(text) {
  const content = h('div', { class: 'json-part' });
  const details = h('details', { class: 'rest', testid: 'detail-raw', on: { toggle: () => {
    const copy = copyButton('copy.json', 'copy-json', text);
    content.replaceChildren(...(details.open ? [...(copy ? [copy] : []), textBlock(text())] : []));
  } } }, h('summary', { t: 'detail.raw' }), content);
  return details;
}

/** @param {Key} key @param {string} value @param {...(HTMLElement | null)} buttons */
const fact = (key, value, ...buttons) => [h('dt', { t: key }), h('dd', null, value, ...buttons)];

/** The chat alone, without the filters of who copies. @param {string} id */
const linkTo = (id) => `${location.origin}${location.pathname}${chatHash(id, '')}`;
