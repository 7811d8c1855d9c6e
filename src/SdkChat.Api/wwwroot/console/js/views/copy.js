import { features } from '../app/browser-features.js';
import { h, say } from './dom.js';

/** @import { Key } from '../i18n/i18n.js' */

const SAID_FOR = 2000;

/**
 * A button that copies a text and says whether it did; nothing where the browser has no clipboard.
 * @param {Key} label
 * @param {string} testid
 * @param {() => string} text
 */
export function copyButton(label, testid, text) {
  if (!features.canCopy) return null;
  const said = h('span', { attrs: { role: 'status' }, t: label });
  return h('button', {
    class: 'link copy', testid, attrs: { type: 'button' },
    on: { click: async () => {
      say(said, (await features.copy(text())) ? 'copy.done' : 'copy.failed');
      setTimeout(() => say(said, label), SAID_FOR);
    } },
  }, said);
}
