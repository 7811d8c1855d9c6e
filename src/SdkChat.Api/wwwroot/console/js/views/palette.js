import { i18n } from '../i18n/i18n.js';
import { withFound } from '../state/palette.js';
import { cut, foreign, h, setAttribute } from './dom.js';

/** @import { PaletteEntry } from '../state/palette.js' */

/** The service is asked once the reader has stopped typing for this long. */
const PAUSE = 250;

/**
 * One box that leads to pages, views, shoppers and chats.
 * @param {(text: string) => PaletteEntry[]} entriesOf what the page knows
 * @param {((text: string) => Promise<PaletteEntry[]>) | null} find what the service finds
 */
export function showPalette(entriesOf, find) {
  /** @type {PaletteEntry[]} */
  let entries = [];
  let chosen = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  const list = h('ul', {
    class: 'palette-list', testid: 'palette-list',
    attrs: { id: 'palette-list', role: 'listbox' }, tAttrs: { 'aria-label': 'palette.title' },
  });
  const input = h('input', {
    class: 'input', testid: 'palette-input', tAttrs: { placeholder: 'palette.hint', 'aria-label': 'palette.title' },
    attrs: {
      role: 'combobox', 'aria-controls': 'palette-list', 'aria-expanded': 'true', 'aria-autocomplete': 'list',
      autocomplete: 'off', spellcheck: 'false', maxlength: 200,
    },
    on: { input: () => onInput(), keydown: (event) => onKey(event) },
  });
  const dialog = h('dialog', { class: 'card palette', testid: 'palette', tAttrs: { 'aria-label': 'palette.title' } }, input, list,
    h('p', { class: 'state-hint palette-keys', t: 'palette.keys' }));

  /** @param {PaletteEntry[]} next */
  const draw = (next) => {
    entries = next;
    chosen = Math.min(chosen, Math.max(0, entries.length - 1));
    list.replaceChildren(...entries.map((entry, index) => option(entry, index, () => go(entry))));
    mark();
  };
  const mark = () => {
    [...list.children].forEach((item, index) => setAttribute(item, 'aria-selected', String(index === chosen)));
    setAttribute(input, 'aria-activedescendant', entries.length ? `palette-${chosen}` : null);
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  };
  const onInput = () => {
    const text = input.value;
    chosen = 0;
    draw(entriesOf(text));
    clearTimeout(pause);
    if (find && text.trim().length > 0) pause = setTimeout(() => void ask(text), PAUSE);
  };
  /** What cannot be found now is not offered; the search in the list says why. @param {string} text */
  const ask = async (text) => {
    const found = await find?.(text).catch(() => []);
    if (input.value === text && found) draw(withFound(entriesOf(text), found));
  };
  /** @param {PaletteEntry} entry */
  const go = (entry) => {
    dialog.close();
    location.hash = entry.href;
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && entries.length) {
      chosen = (chosen + step + entries.length) % entries.length;
      mark();
    } else if (event.key === 'Enter' && entries[chosen]) go(entries[chosen]);
    else return;
    event.preventDefault();
  };

  dialog.addEventListener('close', () => { clearTimeout(pause); dialog.remove(); });
  document.body.append(dialog);
  draw(entriesOf(''));
  dialog.showModal();
  input.focus();
}

/** @param {PaletteEntry} entry @param {number} index @param {() => void} go */
const option = ({ kind, text }, index, go) => h('li', {
  class: 'palette-entry', testid: 'palette-entry', attrs: { id: `palette-${index}`, role: 'option', 'data-kind': kind }, on: { click: go },
}, h('span', { class: 'tag' }, i18n.word('palette.kind', kind)), foreign(cut(text, 80)));
