/**
 * Time, so that tests can hold it.
 *
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(run: () => void, wait: number) => number} after
 * @property {(timer: number) => void} cancel
 */

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  after: (run, wait) => Number(setTimeout(run, wait)),
  cancel: (timer) => clearTimeout(timer),
};
