import { i18n } from '../i18n/i18n.js';
import { number } from '../i18n/format.js';
import { readItem } from '../state/items.js';
import { cut, h, say, setAttribute, svg } from './dom.js';
import { pictureOf } from './floor-plan-view.js';

/** @import { SeenEvent } from '../state/live-log.js' */
/** @import { ChatDetail, FloorPlan } from '../api/types.js' */

/** The plan's own measure; its height follows from the picture. */
const WIDTH = 1000;
const MOST = 60;
/** Of the stream's events, the last few: an old marker says nothing about now. */
const MOST_EVENTS = 12;

/**
 * @typedef {object} Marker
 * @property {string} chatId
 * @property {string} itemId
 * @property {string} title
 * @property {number} number among its chat's notifications
 * @property {number} x
 * @property {number} y
 * @property {boolean} open whether it belongs to the open chat
 */

/**
 * The markers to show: of the open chat, and of what the stream brought last.
 * @param {ChatDetail | null} chat
 * @param {readonly SeenEvent[]} notices newest first
 * @returns {Marker[]} the most important last, so that it lies on top
 */
export function markersOf(chat, notices) {
  const seen = new Set(chat ? [chat.chat_id] : []);
  /** @type {Marker[]} */
  const live = [];
  for (const { data } of notices.slice(0, MOST_EVENTS)) {
    if (seen.has(data.chat_id)) continue; // only its last: a trigger replaces the items
    seen.add(data.chat_id);
    live.push(...read(data.chat_id, data.notification_items ?? [], false));
  }

  const open = chat ? read(chat.chat_id, chat.notification_items, true) : [];
  return [...open, ...live].slice(0, MOST).reverse();
}

/** @param {string} chatId @param {readonly unknown[]} items @param {boolean} open @returns {Marker[]} */
const read = (chatId, items, open) => items.slice(0, MOST).flatMap((item, index) => {
  const { title, position } = readItem(item, [i18n.language, 'en']);
  const id = /** @type {any} */ (item)?.id;
  const itemId = typeof id === 'string' || typeof id === 'number' ? String(id) : String(index + 1);
  return position ? [{ chatId, itemId, title: cut(title ?? itemId, 80), number: index + 1, ...position, open }] : [];
});

/**
 * Where on the shop's own floor plan the notifications are; hidden where the shop has none. Everything on it is also said in words: in the
 * detail, or in the list below the map.
 */
export class StoreMap {
  #onChoose;
  /** @type {Map<string, SVGGElement>} */
  #shown = new Map();
  #markers = svg('g', { class: 'markers' });
  #caption = h('p', { class: 'map-caption' });
  #height = WIDTH;
  #plan = svg('image', { class: 'plan', attrs: { width: WIDTH, preserveAspectRatio: 'none', 'aria-hidden': 'true' } });
  #picture = svg('svg', { class: 'map', attrs: { role: 'img' } }, this.#plan, this.#markers);
  /** Number of the newest call of show: an earlier one that ends later changes nothing. */
  #turn = 0;
  /** @type {FloorPlan | null} the plan whose picture could not be loaded */
  #missing = null;

  element = h('section', { class: 'card map-card', testid: 'store-map', attrs: { 'aria-labelledby': 'map-title', hidden: true } },
    h('div', { class: 'card-head' }, h('h2', { t: 'map.title', attrs: { id: 'map-title' } }), this.#caption), this.#picture);

  /** @param {(chatId: string) => void} onChoose a marker was clicked */
  constructor(onChoose) {
    this.#onChoose = onChoose;
  }

  /** A picture that cannot be shown is no map. The browser measures it, since it may be rotated. @param {FloorPlan | null} plan */
  async show(plan) {
    const turn = ++this.#turn;
    const picture = plan && new Image();
    if (picture) picture.src = pictureOf(plan);
    const isShown = await picture?.decode().then(() => true, () => false) ?? false;
    if (turn !== this.#turn) return;
    this.element.hidden = !isShown;
    this.#missing = isShown ? null : plan;
    if (!picture || !isShown) return;
    this.#height = (WIDTH * picture.naturalHeight) / picture.naturalWidth;
    setAttribute(this.#plan, 'href', picture.src);
    setAttribute(this.#plan, 'height', this.#height);
    setAttribute(this.#picture, 'viewBox', `0 0 ${WIDTH} ${this.#height}`);
    for (const marker of this.#shown.values()) this.#place(marker);
  }

  /** Loads a picture again that could not be loaded, for example while a node restarted. */
  retry() {
    if (this.#missing) void this.show(this.#missing);
  }

  /** A marker that stays keeps its element: only what is new may draw attention. @param {Marker[]} markers */
  render(markers) {
    const elements = markers.map((marker) => {
      const key = JSON.stringify(marker);
      const element = this.#shown.get(key) ?? this.#marker(marker);
      return /** @type {const} */ ([key, element]);
    });
    this.#shown = new Map(elements);
    const wanted = [...this.#shown.values()];
    if (wanted.length !== this.#markers.childElementCount || wanted.some((element, n) => element !== this.#markers.children[n])) {
      this.#markers.replaceChildren(...wanted);
    }
    const open = markers.some((marker) => marker.open);
    say(this.#caption, markers.length === 0 ? 'map.empty' : open ? 'map.open' : 'map.live', { n: markers.length });
    setAttribute(this.#picture, 'aria-label', i18n.t('map.label', { n: markers.length }));
  }

  /** @param {Marker} marker */
  #marker({ chatId, itemId, title, number: place, x, y, open }) {
    const element = svg(
      'g', {
        class: open ? 'marker is-open' : 'marker', testid: 'map-marker',
        attrs: { 'data-x': x, 'data-y': y, 'data-chat-id': chatId, 'data-item-id': itemId },
        on: { click: () => this.#onChoose(chatId) },
      },
      svg('title', null, title),
      svg('circle', { class: 'marker-ring' }),
      svg('circle', { class: 'marker-dot' }),
      svg('text', { class: 'marker-number', attrs: { 'text-anchor': 'middle', dy: '0.35em' } }, number(place)),
    );
    this.#place(element);
    return element;
  }

  /** @param {SVGGElement} marker */
  #place(marker) {
    setAttribute(marker, 'transform', `translate(${Number(marker.dataset.x) * WIDTH} ${Number(marker.dataset.y) * this.#height})`);
  }
}
