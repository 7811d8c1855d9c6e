import { BASE } from '../api/base.js';
import { duration, listed, number, spanName } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { cut, foreign, h, say, setAttribute, setText } from './dom.js';
import { patch } from './patch.js';
import { titleOf } from './states.js';

/** @import { WallNumbers } from '../state/wall-reader.js' */
/** @import { Night } from '../state/night.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** Figures that are older than this are said to be old. */
const OLD = 60_000;
/** A wait of this length is a fault. */
const TOO_LONG = 120_000;

/** Large figures, readable from across the room. Names of shoppers are not on it: a wall is read by everybody who passes. */
export class WallView {
  #waiting = figure('waiting', 'overview.waiting');
  #longest = figure('longest', 'wall.longest');
  #failed = figure('failed', 'overview.failed');
  #median = figure('p50', 'overview.p50');
  #state = h('p', { class: 'wall-state', testid: 'wall-state', attrs: { role: 'status' } });
  #clock = h('time', { class: 'wall-clock' });
  #tenant = h('span', { class: 'wall-tenant' });
  #failures = h('ol', { class: 'wall-failures', testid: 'wall-failures' });
  #content = h('div', { class: 'wall-content' },
    h('dl', { class: 'wall-figures' }, ...[this.#waiting, this.#longest, this.#failed, this.#median].map(({ element }) => element)),
    h('section', { class: 'wall-latest' }, h('h2', { t: 'wall.failures' }), this.#failures));
  element = h('main', { class: 'wall', testid: 'wall' });

  /** @param {Night} night @param {(night: Night) => void} onNight */
  constructor(night, onNight) {
    this.element.append(
      h('header', { class: 'wall-head' }, h('h1', null, h('span', null, 'SdkChat'), ' ', this.#tenant), this.#state, this.#clock),
      this.#content, nightSetting(night, onNight));
  }

  /** @param {string} code of the tenant, '' where none is known */
  name(code) {
    this.#tenant.replaceChildren(foreign(code));
  }

  /** @param {WallNumbers} numbers */
  render({ waiting, today, failures, readAt, problem }) {
    const now = Date.now();
    const waited = waiting?.oldest ? Math.max(0, now - Date.parse(waiting.oldest.created_at)) : null;
    show(this.#waiting, waiting && number(waiting.count));
    show(this.#longest, waiting && (waited === null ? i18n.t('wall.none') : duration(waited)), waited !== null && waited >= TOO_LONG);
    show(this.#failed, today && number(today.total.error), (today?.total.error ?? 0) > 0);
    show(this.#median, today && (today.total.answer_ms.p50 === null ? i18n.t('unknown') : duration(today.total.answer_ms.p50)));
    patch(this.#failures, [failures, Math.floor(now / 10_000)],
      () => (failures ?? []).map(({ last_error: error, created_at: at }) => h('li', null,
        h('time', { attrs: { datetime: at } }, listed(Date.parse(at), now)), foreign(cut(error ?? '', 160)))));
    const isOld = readAt > 0 && now - readAt > OLD;
    setAttribute(this.element, 'data-old', isOld);
    if (problem || isOld) say(this.#state, problem && readAt === 0 ? titleOf(problem) : 'wall.old', {
      time: readAt ? spanName(new Date(readAt).toISOString(), 'time') : '',
    });
    else say(this.#state, readAt ? 'wall.fresh' : 'loading');
    this.#content.hidden = false;
    setText(this.#clock, spanName(new Date(now).toISOString(), 'time'));
  }

  /** Nothing of the tenant is shown. @param {Key} key why */
  explain(key) {
    this.#content.hidden = true;
    setAttribute(this.element, 'data-old', null);
    say(this.#state, key);
  }

  /** @param {boolean} isNight */
  dim(isNight) {
    setAttribute(this.element, 'data-night', isNight ? 'true' : null);
  }
}

/** @param {string} id @param {Key} label */
function figure(id, label) {
  const value = h('dd', { testid: `wall-${id}` });
  return { element: h('div', { class: 'wall-figure' }, h('dt', { t: label }), value), value };
}

/** @param {{ value: HTMLElement }} figure @param {string | null} text null: not known @param {boolean} [isBad] */
function show({ value }, text, isBad = false) {
  setText(value, text ?? i18n.t('unknown'));
  setAttribute(value, 'data-bad', isBad);
}

/** Seen while a pointer or the keyboard is on it. @param {Night} night @param {(night: Night) => void} onNight */
function nightSetting(night, onNight) {
  /** @param {'from' | 'to'} name */
  const hours = (name) => {
    const select = h('select', {
      class: 'input', testid: `night-${name}`, tAttrs: { 'aria-label': `wall.night.${name}` },
      on: { change: () => onNight({ from: Number(from.value), to: Number(to.value) }) },
    }, ...Array.from({ length: 24 }, (_, hour) => h('option', { attrs: { value: hour } }, `${String(hour).padStart(2, '0')}:00`)));
    select.value = String(night[name]);
    return select;
  };
  const [from, to] = [hours('from'), hours('to')];
  return h('footer', { class: 'wall-setting' },
    h('span', { t: 'wall.night' }), from, h('span', { attrs: { 'aria-hidden': 'true' } }, '–'), to,
    h('a', { class: 'link', t: 'wall.console', attrs: { href: `${BASE}/console` } }));
}
