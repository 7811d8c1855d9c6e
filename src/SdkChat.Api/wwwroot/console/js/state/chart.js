/** Shapes of charts on a square of 100, which the page stretches. */

const SIDE = 100;
/** Of a column; one of few columns is no wall. */
const FILLED = 0.84;
const WIDEST = 12;
const STEPS = [1, 1.2, 1.6, 2, 4, 6, 8, 10];

/**
 * The top of a scale: a round number whose half is round as well.
 * @param {number} largest
 * @param {number} [least]
 */
export function scaleTop(largest, least = 2) {
  const wanted = Math.max(largest, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return STEPS.map((step) => step * power).find((top) => top >= wanted) ?? wanted;
}

/**
 * @typedef {object} Bar
 * @property {number} part which of the parts it shows
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 */

/**
 * Stacked bars, the first part at the bottom; parts of nothing are left out.
 * @param {readonly (readonly number[])[]} columns
 * @param {number} top of the scale
 * @returns {Bar[]}
 */
export function barsOf(columns, top) {
  const step = SIDE / columns.length;
  const width = Math.min(step * FILLED, WIDEST);
  return columns.flatMap((parts, column) => {
    let y = SIDE;
    return parts.map((value, part) => {
      const height = (value / top) * SIDE;
      y -= height;
      return { part, x: (column + 0.5) * step - width / 2, y, width, height };
    });
  }).filter(({ height }) => height > 0);
}

/**
 * A line through the middle of each column. A column without a value interrupts it; one alone between two gaps is a short stroke.
 * @param {readonly (number | null)[]} values
 * @param {number} top
 * @returns {string} the path's `d`; '' where there is no value
 */
export function lineOf(values, top) {
  const step = SIDE / values.length;
  /** @param {number} index @param {number} value */
  const at = (index, value) => `${round((index + 0.5) * step)} ${round(SIDE - (value / top) * SIDE)}`;
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    path += (values[index - 1] ?? null) === null ? `M${at(index, value)}` : `L${at(index, value)}`;
    if (isAlone) path += `h${round(step * 0.2)}`;
  });
  return path;
}

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;
