/**
 * Time, so that tests can hold it. It only measures what passes: a device whose clock is set back must not stop reading.
 *
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since some moment; never goes back
 * @property {(run: () => void, wait: number) => number} after
 * @property {(timer: number) => void} cancel
 */

/** @type {Clock} */
export const systemClock = {
  now: () => performance.now(),
  after: (run, wait) => Number(setTimeout(run, wait)),
  cancel: (timer) => clearTimeout(timer),
};
