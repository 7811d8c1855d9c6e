import { NO_FILTER } from '../api/chats.js';
import { chatHash, hashOf } from '../app/route.js';
import { duration, number, share } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { cut, h } from './dom.js';
import { patch } from './patch.js';
import { ago } from './time.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { Numbers } from '../api/stats.js' */
/** @import { Overview } from '../state/overview.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** @param {Partial<ChatFilter>} part */
const listOf = (part) => hashOf(null, { filter: { ...NO_FILTER, ...part }, page: 0 });

/** @typedef {{ id: string, label: Key, filter: Partial<ChatFilter> | null, value: (numbers: Numbers) => string }} TodayTile */

/** @type {TodayTile[]} */
const TODAY = [
  { id: 'failed', label: 'overview.failed', filter: { status: 'error', range: 'today' }, value: ({ error }) => number(error) },
  { id: 'started', label: 'overview.started', filter: { range: 'today' }, value: ({ started }) => number(started) },
  {
    id: 'triggered', label: 'overview.triggered', filter: { triggered: 'true', range: 'today' },
    value: ({ triggered }) => number(triggered),
  },
  { id: 'p50', label: 'overview.p50', filter: null, value: ({ answer_ms: { p50 } }) => time(p50) },
  { id: 'p95', label: 'overview.p95', filter: null, value: ({ answer_ms: { p95 } }) => time(p95) },
];

/** @param {number | null} milliseconds */
const time = (milliseconds) => (milliseconds === null ? i18n.t('unknown') : duration(milliseconds));

/** Large numbers: what is waiting now, and today beside the same hours a week ago. */
export class OverviewTiles {
  #waiting = h('div', { class: 'tile', testid: 'tile-waiting' });
  #today = TODAY.map(({ id }) => h('div', { class: 'tile', testid: `tile-${id}` }));
  element = h('div', { class: 'tiles' }, this.#waiting, ...this.#today);

  /** @param {Overview} overview */
  render({ plan: { profileId }, waiting, today, weekAgo }) {
    patch(this.#waiting, [waiting, profileId], () => tile('overview.waiting', waiting && number(waiting.count),
      listOf({ profileId, status: 'in_progress' }),
      !waiting ? [] : !waiting.oldest ? [i18n.t('overview.none-waits')] : [
        `${i18n.t('overview.longest')} `,
        h('a', { class: 'link', testid: 'longest', attrs: { href: chatHash(waiting.oldest.chat_id, '') } }, ago(waiting.oldest.created_at)),
      ]));
    TODAY.forEach(({ id, label, filter, value }, index) => patch(this.#today[index], [today, weekAgo, profileId], () => tile(
      label, today && value(today.total), filter && listOf({ profileId, ...filter }), [
      ...(id === 'failed' && today ? why(today.total, today.errors[0]?.message) : []),
      ...(weekAgo ? [h('span', { class: 'tile-line' }, i18n.t('overview.week-ago', { value: value(weekAgo.total) }))] : []),
    ])));
  }
}

/** @param {Key} label @param {string | null} value null: not known @param {string | null} href @param {(Node | string)[]} more */
function tile(label, value, href, more) {
  const shown = value ?? i18n.t('unknown');
  return [
    h('h2', null, i18n.t(label)),
    h('p', { class: 'tile-value' }, href && value !== null ? h('a', { attrs: { href } }, shown) : shown),
    h('div', { class: 'tile-more' }, ...more),
  ];
}

/** @param {Numbers} total @param {string} [reason] the most frequent */
const why = ({ started, error }, reason) => [
  ...(error ? [h('span', { class: 'tile-line' }, i18n.t('overview.share', { share: share(error / started) }))] : []),
  ...(reason ? [h('span', { class: 'tile-line' }, h('bdi', { attrs: { dir: 'auto' } }, cut(reason, 80)))] : []),
];
