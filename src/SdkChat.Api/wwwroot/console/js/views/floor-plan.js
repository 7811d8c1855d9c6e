import { svg } from './dom.js';

/** The plan's own measure; positions from 0 to 1 are stretched over all of it. */
export const WIDTH = 1000;
export const HEIGHT = 640;

/** Counters along the walls, and the shelves between the aisles: x, y, width, height. */
const COUNTERS = [[380, 22, 330, 46], [740, 22, 180, 72], [930, 200, 48, 220], [22, 250, 48, 180], [820, 470, 48, 130], [890, 470, 48, 130]];
const ISLANDS = [[90, 70, 60, 150], [180, 70, 60, 150]];
const SHELVES = [[220, 300, 44, 190], [300, 300, 44, 190], [380, 300, 44, 190], [460, 300, 44, 190], [640, 170, 44, 170], [720, 170, 44, 170], [800, 170, 44, 170], [150, 520, 190, 44]];
const TILLS = [[430, 560], [500, 560], [570, 560], [640, 560]];

/** A plain shop: walls, shelves, tills and a door. Which shop it is, nobody told us; so nothing on it has a name. */
export const floorPlan = () => svg(
  'g', { class: 'plan', attrs: { 'aria-hidden': 'true' } },
  svg('rect', { class: 'plan-floor', attrs: { x: 8, y: 8, width: WIDTH - 16, height: HEIGHT - 16, rx: 22 } }),
  ...COUNTERS.map((place) => box('plan-counter', place, 10)),
  ...ISLANDS.map((place) => box('plan-island', place, 24)),
  ...SHELVES.map((place) => box('plan-shelf', place, 8)),
  ...TILLS.map(([x, y]) => box('plan-till', [x, y, 26, 44], 6)),
  svg('path', { class: 'plan-door', attrs: { d: `M700 ${HEIGHT - 8}h90` } }),
  svg('path', { class: 'plan-way', attrs: { d: `M745 ${HEIGHT - 24}v-60m-14 14l14-14 14 14` } }),
);

/** @param {string} className @param {number[]} place @param {number} radius */
const box = (className, [x, y, width, height], radius) => svg('rect', { class: className, attrs: { x, y, width, height, rx: radius } });
