import { NO_FILTER, RANGES } from '../api/chats.js';
import { overviewHash, SPANS, UNITS, unitsOf } from '../app/overview-route.js';
import { hashOf, LONGEST_QUERY } from '../app/route.js';
import { shopperPageHash } from '../app/shopper-route.js';
import { duration, number, spanName } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { Chart } from './chart.js';
import { foreign, h, say, setAttribute } from './dom.js';
import { OverviewTiles } from './overview-tiles.js';
import { patch } from './patch.js';
import { ranking } from './ranking.js';
import { errorState, loadingState, staleBanner } from './states.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { Bucket, Stats } from '../api/stats.js' */
/** @import { BucketUnit, Plan, Span } from '../app/overview-route.js' */
/** @import { Overview } from '../state/overview.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** How the shop is doing: now, today, and over a range that the reader chooses. */
export class OverviewView {
  #retry;
  #labelOf;
  /** @type {Plan} */
  #plan = { span: '7d', unit: 'day', profileId: '' };
  /** @type {Bucket[]} */
  #buckets = [];
  #tiles = new OverviewTiles();
  #banner = h('div', null);
  #shopper = h('div', { class: 'overview-head', testid: 'overview-shopper' });
  #span = choice('overview-span', SPANS.map((span) => /** @type {const} */ ([span, `filter.range.${span}`])),
    (span) => this.#go(/** @type {Span} */ (span), this.#plan.unit));
  #unit = choice('overview-unit', UNITS.map((unit) => /** @type {const} */ ([unit, `overview.per.${unit}`])),
    (unit) => this.#go(this.#plan.span, /** @type {BucketUnit} */ (unit)));
  #chats = new Chart({ title: 'overview.chats', kind: 'bars', write: number, action: (column) => this.#dayLink(column), series: [
    { label: 'status.completed', color: 'is-good' }, { label: 'status.error', color: 'is-bad' },
    { label: 'status.ended', color: 'is-over' }, { label: 'status.in_progress', color: 'is-progress' },
  ] });
  #answers = new Chart({ title: 'overview.answers', kind: 'lines', write: duration, action: () => null, series: [
    { label: 'overview.p50.short', color: 'is-accent' }, { label: 'overview.p95.short', color: 'is-warn' },
  ] });
  #total = h('span', { class: 'total', testid: 'overview-total' });
  #state = h('div', null);
  #errors = h('div', null);
  #items = h('div', null);
  #questions = h('div', null);
  /** Hidden where the service has no questions. */
  #asked = card('overview.questions', this.#questions);
  #cards = h('div', { class: 'overview-cards', attrs: { hidden: true } },
    card('overview.chats', this.#chats.element), card('overview.answers', this.#answers.element),
    card('overview.errors', this.#errors), card('overview.items', this.#items), this.#asked,
    h('p', { class: 'state-hint overview-note', t: 'overview.sample' }));

  element = h(
    'div', {
      class: 'overview scroll', testid: 'overview', attrs: { hidden: true, tabindex: 0, role: 'region' },
      tAttrs: { 'aria-label': 'overview.title' },
    },
    this.#banner, this.#shopper, this.#tiles.element,
    h('div', { class: 'overview-head' }, h('h2', { t: 'overview.over-time' }), this.#total,
      label('filter.range', this.#span), label('overview.per', this.#unit)),
    this.#state, this.#cards,
  );

  /** @param {() => void} retry @param {(profileId: string) => string} labelOf */
  constructor(retry, labelOf) {
    this.#retry = retry;
    this.#labelOf = labelOf;
  }

  /** @param {Overview} overview */
  render(overview) {
    const { plan, range, problem } = overview;
    this.#plan = plan;
    this.#span.value = plan.span;
    for (const option of this.#unit.options) option.disabled = !unitsOf(plan.span).some((unit) => unit === option.value);
    this.#unit.value = plan.unit;
    patch(this.#shopper, plan.profileId && [plan.profileId, this.#labelOf(plan.profileId)], () => this.#shopperLine(plan));
    this.#tiles.render(overview);
    patch(this.#banner, [problem?.status, problem?.code, range === null],
      () => (problem && range ? [staleBanner(problem, this.#retry)] : []));
    patch(this.#state, [range === null, problem?.status, problem?.code],
      () => (range ? [] : [problem ? errorState(problem, this.#retry) : loadingState(4)]));
    setAttribute(this.element, 'aria-busy', String(range === null && problem === null));
    this.#cards.hidden = range === null;
    if (range) say(this.#total, 'pager.total', { n: range.total.started });
    else say(this.#total, 'unknown');
    if (range) this.#renderRange(range, plan);
  }

  /** Whose numbers these are, with the ways to the chats and back. @param {Plan} plan */
  #shopperLine({ profileId, ...rest }) {
    if (!profileId) return [];
    return [
      h('h2', null, h('span', { t: 'filter.shopper' }), ' ',
        h('a', { class: 'person-link', testid: 'overview-person', attrs: { href: shopperPageHash(profileId) } },
          foreign(this.#labelOf(profileId)))),
      h('a', { class: 'link', t: 'tenants.show-chats', attrs: { href: listOf({ profileId }) } }),
      h('a', { class: 'link', t: 'filter.shopper.clear', attrs: { href: overviewHash({ ...rest, profileId: '' }) } }),
    ];
  }

  /** @param {Stats} range @param {Plan} plan */
  #renderRange(range, plan) {
    this.#buckets = range.buckets;
    const ticks = range.buckets.map(({ start }) => tickOf(start, plan));
    const names = ticks.map((tick, index) => nameOf(tick, plan, index === range.buckets.length - 1));
    this.#chats.render({
      names, ticks, columns: range.buckets.map(({ completed, error, ended, in_progress: waiting }) => [completed, error, ended, waiting]),
    });
    this.#answers.render({ names, ticks, columns: range.buckets.map(({ answer_ms: { p50, p95 } }) => [p50, p95]) });
    patch(this.#errors, [range.errors, plan], () => [range.errors.length ? ranking({
      testid: 'overview-errors', caption: 'overview.errors', what: 'overview.reason', color: 'is-bad',
      hrefOf: (text) => failedWith(text, plan),
      rows: range.errors.map(({ message, count }) => ({ text: message, count })),
    }) : h('p', { class: 'state-hint', t: 'overview.errors.none' })]);
    patch(this.#items, range.items, () => [range.items.length ? ranking({
      testid: 'overview-items', caption: 'overview.items', what: 'overview.item', color: 'is-accent', hrefOf: () => null,
      rows: range.items.map(({ name, count }) => ({ text: name, count })),
    }) : h('p', { class: 'state-hint', t: 'overview.items.none' })]);
    this.#asked.hidden = range.questions === undefined;
    patch(this.#questions, [range.questions, plan], () => [range.questions?.length ? ranking({
      testid: 'overview-questions', caption: 'overview.questions', what: 'overview.question', color: 'is-accent',
      hrefOf: (text) => askedWith(text, plan), rows: range.questions,
    }) : h('p', { class: 'state-hint', t: 'overview.questions.none' })]);
  }

  /** @param {Span} span @param {BucketUnit} unit */
  #go(span, unit) {
    location.hash = overviewHash({ ...this.#plan, span, unit: unitsOf(span).find((one) => one === unit) ?? unitsOf(span)[0] });
  }

  /** The list has days, and no hours or weeks. @param {number} column */
  #dayLink(column) {
    if (this.#plan.unit !== 'day') return null;
    const day = localDay(this.#buckets[column].start);
    return h('a', { class: 'link', t: 'tenants.show-chats', attrs: { href: listOf({ range: day, profileId: this.#plan.profileId }) } });
  }
}

/** @param {Partial<ChatFilter>} part */
const listOf = (part) => hashOf(null, { filter: { ...NO_FILTER, ...part }, page: 0 });

/**
 * The chats that have these words; the list has no ranges as long as a year.
 * @param {string} text
 * @param {Plan} plan
 * @param {Partial<ChatFilter>} [part]
 */
const askedWith = (text, { span, profileId }, part) => listOf({
  ...part, profileId, q: [...text].slice(0, LONGEST_QUERY).join('').trim(), range: RANGES.some((one) => one === span) ? span : '',
});

/** The failed chats that have these words in their reason. @param {string} message @param {Plan} plan */
const failedWith = (message, plan) => askedWith(message, plan, { status: 'error' });

/** @param {string} start */
function localDay(start) {
  const day = new Date(start);
  return [
    String(day.getFullYear()).padStart(4, '0'), String(day.getMonth() + 1).padStart(2, '0'), String(day.getDate()).padStart(2, '0'),
  ].join('-');
}

/** @param {string} start @param {Plan} plan */
const tickOf = (start, { span, unit }) => spanName(start, unit !== 'hour' ? 'day' : span === '7d' ? 'hour' : 'time');

/** The last column of a range that ends now is not full yet. @param {string} tick @param {Plan} plan @param {boolean} isLast */
function nameOf(tick, { span, unit }, isLast) {
  const whole = unit === 'week' ? i18n.t('overview.week-of', { day: tick }) : tick;
  return isLast && span !== 'yesterday' ? i18n.t('overview.so-far', { time: whole }) : whole;
}

/** @param {Key} title @param {HTMLElement} content */
const card = (title, content) => h('section', { class: 'card overview-card' },
  h('div', { class: 'card-head' }, h('h2', { t: title })), content);

/** @param {string} testid @param {readonly (readonly [string, Key])[]} options @param {(value: string) => void} onChange */
function choice(testid, options, onChange) {
  const select = h('select', { class: 'input', testid, on: { change: () => onChange(select.value) } },
    ...options.map(([value, t]) => h('option', { t, attrs: { value } })));
  return select;
}

/** @param {Key} text @param {HTMLElement} field */
const label = (text, field) => h('label', { class: 'overview-choice' }, h('span', { class: 'unseen', t: text }), field);
