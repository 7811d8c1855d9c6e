import { features } from './browser-features.js';
import { SavedViews } from '../state/saved-views.js';
import { KeySequence, letterOf } from '../state/key-sequence.js';
import { paletteEntries } from '../state/palette.js';
import { showHelp } from '../views/help.js';
import { showPalette } from '../views/palette.js';
import { READY_MADE } from '../views/views-dialog.js';
import { NO_FILTER } from '../api/chats.js';
import { i18n } from '../i18n/i18n.js';
import { hashOf } from './route.js';

/** @import { PaletteEntry } from '../state/palette.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** @typedef {{ letter: string, label: Key, href: string }} Place where `g` and a letter lead */

/**
 * Keys of the whole page: `g` and a letter go to a section, Ctrl-K and Cmd-K open the palette, `?` lists all keys.
 * @param {object} parts
 * @param {readonly Place[]} parts.places
 * @param {string} parts.user whose views are offered
 * @param {() => PaletteEntry[]} parts.known what else the page can lead to, such as the shoppers that it has shown
 * @param {((text: string) => Promise<PaletteEntry[]>) | null} parts.find asks the service; null where reads are audited
 * @returns {() => void} ends it
 */
export function startShortcuts({ places, user, known, find }) {
  const sequence = new KeySequence('g', places.map(({ letter }) => letter));
  /** @param {PaletteEntry['kind']} kind @param {Key} label @param {string} href @returns {PaletteEntry} */
  const entry = (kind, label, href) => ({ kind, text: i18n.t(label), href });
  const all = () => [
    ...places.map(({ label, href }) => entry('page', label, href)),
    ...READY_MADE.map(([label, part]) => entry('view', label, hashOf(null, { filter: { ...NO_FILTER, ...part }, page: 0 }))),
    ...new SavedViews(features, user).all.map(({ name, hash }) => /** @type {PaletteEntry} */ ({ kind: 'view', text: name, href: hash })),
    ...known(),
  ];

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const letter = letterOf(event);
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && letter === 'k') {
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) showPalette((text) => paletteEntries(all(), text), find);
      return;
    }
    const target = event.target instanceof Element ? event.target : null;
    if (event.ctrlKey || event.metaKey || target?.closest('dialog, input:not([type=radio]), select, textarea')) return sequence.reset();
    if (event.key === '?') showHelp(places);
    else if (!follow(sequence.press(letter, event.timeStamp))) return;
    event.preventDefault();
  };

  /** @param {string | null} letter @returns {boolean} whether the key belonged to a sequence */
  const follow = (letter) => {
    const place = places.find((one) => one.letter === letter);
    if (place) location.hash = place.href;
    return letter !== null;
  };

  // Before the list's keys: after `g`, `k` is a place and not the previous chat.
  addEventListener('keydown', onKey, true);
  return () => removeEventListener('keydown', onKey, true);
}
