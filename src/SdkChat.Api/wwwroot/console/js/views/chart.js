import { i18n } from '../i18n/i18n.js';
import { barsOf, lineOf, scaleTop } from '../state/chart.js';
import { h, setAttribute, svg } from './dom.js';
import { patch } from './patch.js';

/** @import { Key } from '../i18n/i18n.js' */

/**
 * @typedef {object} Series
 * @property {Key} label
 * @property {string} color the name of the class that colours it
 *
 * @typedef {object} ChartData
 * @property {string[]} names of the columns
 * @property {string[]} ticks short names
 * @property {(number | null)[][]} columns one value for each series
 *
 * @typedef {object} ChartParts
 * @property {Key} title
 * @property {'bars' | 'lines'} kind
 * @property {Series[]} series parts of one whole, where they are stacked as bars
 * @property {(value: number) => string} write a value in words
 * @property {(column: number) => HTMLElement | null} action what can be done with a column
 */

/**
 * A chart, a slider that walks through its columns and says their numbers (by mouse, finger or keyboard), and a table with all of them.
 */
export class Chart {
  #parts;
  /** @type {ChartData} */
  #data = { names: [], ticks: [], columns: [] };
  #top = 0;
  #shapes = svg('g', null);
  #cursor = svg('rect', { class: 'chart-cursor', attrs: { y: 0, height: 100, width: 0 } });
  #plot = svg('svg', {
    class: 'chart-plot', attrs: { viewBox: '0 0 100 100', preserveAspectRatio: 'none', role: 'img' },
    on: { pointermove: (event) => this.#onPointer(event) },
  }, this.#cursor, this.#shapes);
  #scale = h('div', { class: 'chart-scale', attrs: { 'aria-hidden': 'true' } });
  #axis = h('div', { class: 'chart-axis', attrs: { 'aria-hidden': 'true' } });
  #slider = h('input', {
    class: 'chart-slider', testid: 'chart-slider', tAttrs: { 'aria-label': 'chart.slider' },
    attrs: { type: 'range', min: 0, max: 0, step: 1 },
    on: { input: () => this.#point() },
  });
  #values = h('p', { class: 'chart-values', testid: 'chart-values' });
  #body = h('tbody', null);
  #table = h('details', { class: 'chart-table', on: { toggle: () => this.#renderTable() } }, h('summary', { t: 'chart.table' }));
  element;

  /** @param {ChartParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { title, series, kind } = parts;
    this.#table.append(h('div', {
      class: 'chart-scroll scroll', attrs: { tabindex: 0, role: 'group' }, tAttrs: { 'aria-label': title },
    }, h('table', { class: 'table' },
      h('caption', { class: 'unseen', t: title }),
      h('thead', null, h('tr', null,
        h('th', { t: 'chart.time', attrs: { scope: 'col' } }), ...(kind === 'bars' ? [heading('chart.total')] : []),
        ...series.map(({ label }) => heading(label)))),
      this.#body)));
    this.element = h('figure', { class: `chart chart-${kind}` },
      h('figcaption', { class: 'chart-legend' },
        ...series.map(({ label, color }) => h('span', { class: `chart-key ${color}` }, h('span', { t: label })))),
      h('div', { class: 'chart-frame' }, this.#scale, this.#plot, this.#axis, this.#slider), this.#values, this.#table);
  }

  /** @param {ChartData} data at least one column */
  render(data) {
    this.#data = data;
    const { kind, write, title } = this.#parts;
    const isStacked = kind === 'bars';
    this.#top = scaleTop(Math.max(0,
      ...data.columns.map((column) => (isStacked ? sum(column) : Math.max(...column.map((value) => value ?? 0))))));
    patch(this.#shapes, data.columns, () => (isStacked ? this.#bars() : this.#lines()));
    patch(this.#scale, [this.#top], () => [this.#top, this.#top / 2, 0].map((value) => h('span', null, value === 0 ? '0' : write(value))));
    patch(this.#axis, data.ticks, () => [...new Set([0, (data.ticks.length - 1) >> 1, data.ticks.length - 1])]
      .map((index) => h('span', null, data.ticks[index])));
    setAttribute(this.#plot, 'aria-label', i18n.t('chart.label', {
      title: i18n.t(title), first: data.names[0], last: data.names[data.names.length - 1],
    }));
    const wasAtEnd = this.#slider.value === this.#slider.max;
    setAttribute(this.#slider, 'max', data.columns.length - 1);
    if (wasAtEnd) this.#slider.value = this.#slider.max;
    this.#point();
    this.#renderTable();
  }

  #bars() {
    const bars = barsOf(this.#data.columns.map((column) => column.map((value) => value ?? 0)), this.#top);
    return this.#parts.series.map(({ color }, part) => svg('path', { class: color, attrs: {
      d: bars.filter((bar) => bar.part === part).map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join(''),
    } }));
  }

  #lines() {
    return this.#parts.series.map(({ color }, part) => svg('path', {
      class: color, attrs: { d: lineOf(this.#data.columns.map((column) => column[part]), this.#top) },
    }));
  }

  /** @param {PointerEvent} event */
  #onPointer(event) {
    const { left, width } = this.#plot.getBoundingClientRect();
    const column = Math.floor(((event.clientX - left) / width) * this.#data.columns.length);
    if (String(column) === this.#slider.value || column < 0 || column >= this.#data.columns.length) return;
    this.#slider.value = String(column);
    this.#point();
  }

  /** Says the numbers of the column that the slider is at. */
  #point() {
    const column = Number(this.#slider.value);
    const step = 100 / this.#data.columns.length;
    setAttribute(this.#cursor, 'x', column * step);
    setAttribute(this.#cursor, 'width', step);
    const words = `${this.#data.names[column]}: ${this.#valuesOf(column).join(' · ')}`;
    setAttribute(this.#slider, 'aria-valuetext', words);
    patch(this.#values, words, () => [words, this.#parts.action(column)].filter((part) => part !== null));
  }

  /** @param {number} column */
  #valuesOf(column) {
    const values = this.#data.columns[column];
    const parts = this.#parts.series.map(({ label }, part) => `${i18n.t(label)} ${this.#write(values[part])}`);
    return this.#parts.kind === 'bars' ? [i18n.t('pager.total', { n: sum(values) }), ...parts] : parts;
  }

  /** @param {number | null} value */
  #write(value) {
    return value === null ? i18n.t('unknown') : this.#parts.write(value);
  }

  /** Only while it is unfolded: a year has many rows. */
  #renderTable() {
    if (!this.#table.open) return;
    const { names, columns } = this.#data;
    const isStacked = this.#parts.kind === 'bars';
    patch(this.#body, this.#data, () => columns.map((column, index) => h('tr', null,
      h('th', { attrs: { scope: 'row' } }, names[index]),
      ...(isStacked ? [sum(column), ...column] : column).map((value) => h('td', { class: 'number' }, this.#write(value))))));
  }
}

/** @param {Key} label */
const heading = (label) => h('th', { class: 'number', t: label, attrs: { scope: 'col' } });

/** @param {(number | null)[]} values @returns {number} */
const sum = (values) => values.reduce((/** @type {number} */ total, value) => total + (value ?? 0), 0);
