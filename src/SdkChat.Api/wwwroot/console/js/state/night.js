/** @import { Storage } from './saved-views.js' */

/**
 * Hours of the device, from 0 to 23, between which a wall is dimmed; equal ones stand for never.
 * @typedef {{ from: number, to: number }} Night
 */

const KEY = 'sdkchat.wall-night';
/** @type {Night} */
export const USUAL_NIGHT = { from: 22, to: 7 };

/** @param {Storage} storage @returns {Night} what is stored and no night is the usual one */
export function recallNight(storage) {
  const found = /^(\d{1,2})-(\d{1,2})$/.exec(storage.recall(KEY) ?? '');
  const [from, to] = [Number(found?.[1] ?? NaN), Number(found?.[2] ?? NaN)];
  return from < 24 && to < 24 ? { from, to } : USUAL_NIGHT;
}

/** @param {Storage} storage @param {Night} night */
export const rememberNight = (storage, { from, to }) => storage.remember(KEY, `${from}-${to}`);

/** @param {Night} night @param {number} hour */
export const isNight = ({ from, to }, hour) => (from <= to ? hour >= from && hour < to : hour >= from || hour < to);
