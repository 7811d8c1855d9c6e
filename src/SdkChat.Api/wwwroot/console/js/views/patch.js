import { i18n } from '../i18n/i18n.js';

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** The element under a pressed button or finger: replaced before the release, it would get no click. @type {Node | null} */
let pressed = null;

/** What waits for the release. @type {Map<Element, () => void>} */
const waiting = new Map();

/** The click comes right after the release. */
const CLICKED_AFTER = 50;

addEventListener('pointerdown', (event) => { pressed = event.target instanceof Node ? event.target : null; }, true);
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(release, CLICKED_AFTER), true);
// The window's own, and not that of a field in it, which the press itself causes.
addEventListener('blur', (event) => { if (event.target === window) release(); });

/**
 * Fills an element again only when what it shows has changed, or the language: what a user has unfolded or selected stays. While something
 * in the element is pressed, it waits for the release.
 * @param {Element} element
 * @param {unknown} data what the content is made of
 * @param {() => (Node | string)[]} build
 */
export function patch(element, data, build) {
  const key = `${i18n.language} ${JSON.stringify(data)}`;
  waiting.delete(element);
  if (shown.get(element) === key) return;
  if (pressed && element.contains(pressed)) {
    waiting.set(element, () => patch(element, data, build));
    return;
  }
  shown.set(element, key);
  element.replaceChildren(...build());
}

function release() {
  pressed = null;
  const late = [...waiting.values()];
  waiting.clear();
  for (const fill of late) fill();
}
