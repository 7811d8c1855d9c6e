import { number } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { MINUTES } from '../state/activity.js';
import { h, setAttribute, setText, svg } from './dom.js';

/** @import { Activity } from '../state/activity.js' */
/** @import { ChatStatus } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

const STATUSES = /** @type {const} */ (['in_progress', 'completed', 'error', 'ended']);
const BAR = 10;
const HIGH = 40;

/** How the shop is doing, at a glance: what happens per minute, and how chats turn out. */
export class ActivityStrip {
  #activity;
  #now = h('strong', { class: 'figure' });
  #bars = Array.from({ length: MINUTES }, (_, n) => svg('rect', { class: 'bar', attrs: { x: n * BAR + 1.5, width: BAR - 3, rx: 2 } }));
  #chart = svg('svg', { class: 'bars', attrs: { viewBox: `0 0 ${MINUTES * BAR} ${HIGH}`, preserveAspectRatio: 'none', role: 'img' } }, ...this.#bars);
  #seen = h('strong', { class: 'figure' });
  #parts = new Map(STATUSES.map((status) => [status, svg('rect', { class: 'part', attrs: { 'data-status': status, y: 0, height: 10 } })]));
  #split = svg('svg', { class: 'split', attrs: { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' } }, ...this.#parts.values());
  #counts = new Map(STATUSES.map((status) => [status, h('strong', null)]));

  element;

  /** @param {Activity} activity @param {Key} perMinute what is counted */
  constructor(activity, perMinute) {
    this.#activity = activity;
    this.element = h(
      'section', { class: 'card activity', testid: 'activity', tAttrs: { 'aria-label': 'activity.title' } },
      h('div', { class: 'activity-part' }, h('p', { class: 'activity-label' }, this.#now, h('span', { t: perMinute })), this.#chart),
      h('div', { class: 'activity-part' }, h('p', { class: 'activity-label' }, this.#seen, h('span', { t: 'activity.seen' })), this.#split),
      h('ul', { class: 'legend' }, ...STATUSES.map((status) => this.#legend(status))),
    );
  }

  /** @param {number} now */
  render(now) {
    const minutes = this.#activity.perMinute(now);
    const most = Math.max(...minutes, 4);
    this.#bars.forEach((bar, n) => {
      const height = minutes[n] ? Math.max(3, (minutes[n] / most) * HIGH) : 1.5;
      setAttribute(bar, 'height', height);
      setAttribute(bar, 'y', HIGH - height);
      setAttribute(bar, 'data-on', String(minutes[n] > 0));
    });
    setText(this.#now, number(minutes[MINUTES - 1]));
    setAttribute(this.#chart, 'aria-label', i18n.t('activity.chart', { n: minutes.reduce((sum, count) => sum + count, 0), minutes: MINUTES }));
    this.#renderSplit();
  }

  #renderSplit() {
    const split = this.#activity.split();
    const all = STATUSES.reduce((sum, status) => sum + split[status], 0);
    let x = 0;
    for (const status of STATUSES) {
      const width = all ? (split[status] / all) * 100 : 0;
      const part = this.#parts.get(status);
      const count = this.#counts.get(status);
      if (part) {
        setAttribute(part, 'x', x);
        setAttribute(part, 'width', width);
      }
      if (count) setText(count, number(split[status]));
      x += width;
    }
    setText(this.#seen, number(all));
  }

  /** @param {ChatStatus} status */
  #legend(status) {
    return h('li', { attrs: { 'data-status': status } },
      h('span', { class: 'swatch', attrs: { 'aria-hidden': 'true' } }), h('span', { t: `status.${status}` }), ' ', this.#counts.get(status));
  }
}
