import { exact, listed } from '../i18n/format.js';
import { h, setAttribute, setText } from './dom.js';

const STEP = 10_000;

/**
 * A point in time, told relatively; its exact form is in the tooltip.
 * @param {string | number} at
 * @param {string} [className]
 */
export function ago(at, className) {
  const element = h('time', { class: className });
  setTime(element, at);
  return element;
}

/** @param {HTMLTimeElement} element @param {string | number} at */
export function setTime(element, at) {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return;
  setAttribute(element, 'datetime', instant.toISOString());
  setAttribute(element, 'data-ago', true);
  write(element);
}

/** An exact point in time; it follows the language. @param {string | number} at */
export function moment(at) {
  const element = h('time', { attrs: { 'data-exact': true, datetime: new Date(at).toISOString() } });
  write(element);
  return element;
}

/** Writes all times of the page again. @param {ParentNode} root */
export function refreshTimes(root) {
  for (const element of root.querySelectorAll('time[datetime]')) write(/** @type {HTMLTimeElement} */ (element));
}

/**
 * Keeps relative times true.
 * @returns {() => void} ends it
 */
export function startTimes() {
  const timer = setInterval(() => { if (!document.hidden) refreshTimes(document); }, STEP);
  return () => clearInterval(timer);
}

/** @param {HTMLTimeElement} element */
function write(element) {
  const at = Date.parse(element.dateTime);
  if (element.hasAttribute('data-exact')) setText(element, exact(at));
  else if (element.hasAttribute('data-ago')) {
    setText(element, listed(at, Date.now()));
    setAttribute(element, 'title', exact(at));
  }
}
