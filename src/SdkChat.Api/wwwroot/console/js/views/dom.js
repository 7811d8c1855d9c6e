import { i18n } from '../i18n/i18n.js';

/** @import { Args, Key } from '../i18n/i18n.js' */

const SVG = 'http://www.w3.org/2000/svg';
const TRANSLATED = /** @type {const} */ (['aria-label', 'placeholder', 'title', 'alt']);

/**
 * @typedef {object} Props
 * @property {string} [class]
 * @property {string} [testid]
 * @property {Key} [t] the text's key: the element is translated again when the language changes
 * @property {Args} [args] of `t`
 * @property {Partial<Record<typeof TRANSLATED[number], Key>>} [tAttrs] attributes with translated values
 * @property {Record<string, string | number | boolean | null | undefined>} [attrs] false and null leave it out, true is ''
 * @property {Record<string, (event: any) => void>} [on]
 */

/** @typedef {Node | string | null | undefined | false} Child a string becomes a text node, whatever is in it */

/**
 * Makes an element. There is no other way in the console: text is always a text node, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  dress(element, props ?? {});
  element.append(...present(children));
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  dress(element, props ?? {});
  element.append(...present(children));
  return element;
}

/** @param {Child[]} children */
const present = (children) => /** @type {(Node | string)[]} */ (
  children.filter((child) => child !== null && child !== undefined && child !== false));

/** @param {Element} element @param {Props} props */
function dress(element, props) {
  if (props.class) element.setAttribute('class', props.class);
  if (props.testid) element.setAttribute('data-testid', props.testid);
  for (const [name, value] of Object.entries(props.attrs ?? {})) setAttribute(element, name, value);
  for (const [name, key] of Object.entries(props.tAttrs ?? {})) element.setAttribute(`data-t-${name}`, key);
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener);
  if (props.t) say(element, props.t, props.args);
  if (props.tAttrs) translateAttributes(element);
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? '' : String(value));
}

/** Writes only what differs: an equal text would still be announced and laid out again. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Gives an element a translated text, now and after every change of language.
 * @param {Element} element
 * @param {Key} key
 * @param {Args} [args]
 */
export function say(element, key, args) {
  setAttribute(element, 'data-t', key);
  setAttribute(element, 'data-t-args', args ? JSON.stringify(args) : null);
  setText(element, i18n.t(key, args));
}

/** Brings everything under `root` that `t` and `tAttrs` made into the current language. @param {ParentNode} root */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-t]')) {
    const args = element.getAttribute('data-t-args');
    setText(element, i18n.t(/** @type {Key} */ (element.getAttribute('data-t')), args ? JSON.parse(args) : undefined));
  }
  for (const name of TRANSLATED) {
    for (const element of root.querySelectorAll(`[data-t-${name}]`)) translateAttributes(element);
  }
}

/** @param {Element} element */
function translateAttributes(element) {
  for (const name of TRANSLATED) {
    const key = element.getAttribute(`data-t-${name}`);
    if (key) setAttribute(element, name, i18n.t(/** @type {Key} */ (key)));
  }
}

/**
 * Somebody else's text. Its direction is its own, so that a right-to-left override in it turns nothing else around.
 * @param {string} text
 * @param {string} [className]
 */
export const foreign = (text, className) => h('bdi', { class: className, attrs: { dir: 'auto' } }, text);

/** @param {string} text @param {number} most */
export const cut = (text, most) => (text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…` : text);
