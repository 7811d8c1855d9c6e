import { NO_FILTER, STATUSES } from '../api/chats.js';
import { hashOf } from '../app/route.js';
import { duration, number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { copyButton } from './copy.js';
import { cut, foreign, h, setAttribute } from './dom.js';
import { jsonBlock } from './json.js';
import { patch } from './patch.js';
import { aboutOf, avatar, nameOf, setAvatar } from './person.js';
import { shopperChats } from './shopper-chats.js';
import { errorState, loadingState, staleBanner } from './states.js';
import { ago, moment } from './time.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { Counts, Shopper, ShopperSession } from '../api/types.js' */
/** @import { OpenShopper } from '../state/shopper-reader.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** One shopper: who it is, all chats with their totals, the sessions with their stamps, and the profile. */
export class ShopperView {
  #retry;
  #numbersHref;
  #onErase;
  #shown = '';
  #wantsFocus = false;
  #heading = h('h2', { class: 'detail-name', attrs: { tabindex: -1, id: 'shopper-title' } });
  #avatar = avatar();
  #about = h('p', { class: 'detail-about' });
  #banner = h('div', null);
  #facts = h('dl', { class: 'facts shopper-facts', testid: 'shopper-facts' });
  #tiles = h('div', { class: 'tiles', testid: 'shopper-totals' });
  #state = h('div', null);
  #chats = h('div', null);
  #sessions = h('div', null);
  #document = h('div', null);
  #buttons = h('div', { class: 'detail-buttons' });
  #content = h('div', { class: 'shopper-content' },
    h('div', { class: 'card shopper-head' },
      h('div', { class: 'detail-head' }, this.#avatar,
        h('div', { class: 'detail-who' }, this.#heading, this.#about), this.#buttons),
      this.#facts),
    this.#tiles,
    h('div', { class: 'overview-cards' },
      card('shopper.chats', this.#chats), card('shopper.sessions', this.#sessions), card('shopper.document', this.#document)));
  element = h('div', {
    class: 'overview shopper scroll', testid: 'shopper', attrs: { hidden: true, tabindex: 0, role: 'region' },
    tAttrs: { 'aria-label': 'shopper.title' },
  }, this.#banner, this.#state, this.#content);

  /**
   * @param {() => void} retry
   * @param {((profileId: string) => string) | null} numbersHref where the shopper's numbers are
   * @param {((shopper: Shopper, chats: number | null) => void) | null} [onErase] where the reader may erase a person
   */
  constructor(retry, numbersHref, onErase = null) {
    this.#retry = retry;
    this.#numbersHref = numbersHref;
    this.#onErase = onErase;
  }

  /** The name gets the focus once it is known. */
  focus() {
    this.#wantsFocus = this.#content.hidden;
    (this.#wantsFocus ? this.element : this.#heading).focus({ preventScroll: true });
  }

  /** @param {OpenShopper} open */
  render(open) {
    const { place, shopper, problem } = open;
    if (place && place.id !== this.#shown) this.element.scrollTop = 0;
    this.#shown = place?.id ?? '';
    setAttribute(this.element, 'aria-busy', String(shopper === null && problem === null));
    patch(this.#banner, [problem?.status, problem?.code, shopper === null],
      () => (problem && shopper ? [staleBanner(problem, this.#retry)] : []));
    patch(this.#state, [place === null, shopper === null, problem?.status, problem?.code], () => (
      place === null || shopper ? []
        : [problem ? errorState(problem, this.#retry, problem.status === 404 ? toList() : null) : loadingState(5)]));
    this.#content.hidden = shopper === null;
    if (shopper) this.#renderShopper(shopper, open);
    else this.#clear();
    if (shopper && this.#wantsFocus) this.focus();
  }

  /** @param {Shopper} shopper @param {OpenShopper} open */
  #renderShopper(shopper, { place, counts, chats }) {
    const { profile_id: id, profile_summary: summary, sessions } = shopper;
    patch(this.#heading, nameOf(summary), () => [foreign(nameOf(summary))]);
    setAvatar(this.#avatar, id, summary);
    patch(this.#about, [summary, id, shopper.deleted_at], () => [
      aboutOf(summary) && h('span', null, aboutOf(summary)),
      shopper.deleted_at && h('span', { class: 'tag', testid: 'shopper-deleted', t: 'shopper.deleted' }),
      h('a', { class: 'link', testid: 'shopper-list', t: 'shopper.list', attrs: { href: listOf({ profileId: id }) } }),
      this.#numbersHref && h('a', {
        class: 'link', testid: 'shopper-numbers', t: 'detail.shopper', attrs: { href: this.#numbersHref(id) },
      }),
    ].filter((part) => part instanceof Node));
    patch(this.#buttons, [id, counts?.total], () => (this.#onErase ? [h('button', {
      class: 'button danger', testid: 'shopper-erase', t: 'erase.title', attrs: { type: 'button' },
      on: { click: () => this.#onErase?.(shopper, counts?.total ?? null) },
    })] : []));
    patch(this.#facts, [id, shopper.first_seen_at, shopper.last_seen_at, shopper.deleted_at], () => facts(shopper));
    patch(this.#tiles, [id, counts], () => totals(id, counts));
    patch(this.#chats, [place, chats], () => (place ? shopperChats(place, chats) : []));
    patch(this.#sessions, [sessions, shopper.omitted_sessions, shopper.omitted_stamps], () => sessionList(shopper));
    patch(this.#document, [id, shopper.data, shopper.deleted_at === null], () => [
      shopper.data === null
        ? h('p', { class: 'state-hint', t: shopper.deleted_at ? 'shopper.document.deleted' : 'shopper.document.large' })
        : jsonBlock(shopper.data)]);
  }

  /** Nothing of the shopper before may stay where the next user could see it. */
  #clear() {
    for (const element of [
      this.#heading, this.#about, this.#buttons, this.#facts, this.#tiles, this.#chats, this.#sessions, this.#document,
    ]) patch(element, null, () => []);
  }
}

/** @param {Partial<ChatFilter>} part */
const listOf = (part) => hashOf(null, { filter: { ...NO_FILTER, ...part }, page: 0 });

const toList = () => h('a', { class: 'button', testid: 'shopper-back', t: 'detail.back', attrs: { href: '#/chats' } });

/** @param {Key} title @param {HTMLElement} content */
const card = (title, content) => h('section', { class: 'card overview-card' },
  h('div', { class: 'card-head' }, h('h3', { t: title })), content);

/** @param {Shopper} shopper */
const facts = (shopper) => [
  ...fact('shopper.first-seen', moment(shopper.first_seen_at)), ...fact('shopper.last-seen', ago(shopper.last_seen_at)),
  ...(shopper.deleted_at ? fact('shopper.deleted', moment(shopper.deleted_at)) : []),
  ...fact('facts.profile', h('span', null, h('span', { class: 'code' }, shopper.profile_id),
    copyButton('copy.id', 'copy-profile', () => shopper.profile_id))),
];

/** @param {Key} key @param {HTMLElement} value */
const fact = (key, value) => [h('dt', { t: key }), h('dd', null, value)];

/** Each number leads to its chats. @param {string} profileId @param {Counts | null} counts */
const totals = (profileId, counts) => /** @type {const} */ (['total', ...STATUSES, 'triggered']).map((name) => {
  const label = /** @type {Key} */ (name === 'total' ? 'shopper.chats' : name === 'triggered' ? 'filter.triggered.true' : `status.${name}`);
  const part = name === 'total' ? {} : name === 'triggered' ? { triggered: /** @type {const} */ ('true') } : { status: name };
  return h('div', { class: 'tile', testid: `shopper-${name}` }, h('h3', { t: label }), h('p', { class: 'tile-value' },
    counts ? h('a', { attrs: { href: listOf({ profileId, ...part }) } }, number(counts[name])) : i18n.t('unknown')));
});

/** @param {Shopper} shopper */
function sessionList({ sessions, omitted_sessions: older, omitted_stamps: stamps }) {
  if (!sessions.length) return [h('p', { class: 'state-hint', t: 'shopper.sessions.none' })];
  return [
    h('ol', { class: 'shopper-sessions', testid: 'shopper-sessions' }, ...sessions.map(sessionItem)),
    ...(older ? [h('p', { class: 'state-hint', t: 'shopper.sessions.more', args: { n: older } })] : []),
    ...(stamps ? [h('p', { class: 'state-hint', t: 'shopper.stamps.more', args: { n: stamps } })] : []),
  ];
}

/** @param {ShopperSession} session */
function sessionItem({ started_at: from, ended_at: to, stamps }) {
  const length = to === null ? null : Date.parse(to) - Date.parse(from);
  return h('li', { class: 'shopper-session' },
    h('p', { class: 'step-label' }, moment(from),
      length === null ? h('span', { class: 'tag', t: 'shopper.session.active', attrs: { 'data-on': 'true' } })
        : h('span', { class: 'tag' }, duration(length))),
    stamps.length > 0 && h('ol', { class: 'timeline' }, ...stamps.map(({ status, meta, stamped_at: at }) => h('li', { class: 'step' },
      h('span', { class: 'step-label' }, foreign(cut(status, 80), 'tag')), h('span', { class: 'step-time' }, moment(at)),
      meta !== null && h('details', { class: 'rest' }, h('summary', { t: 'item.more' }), jsonBlock(meta))))));
}
