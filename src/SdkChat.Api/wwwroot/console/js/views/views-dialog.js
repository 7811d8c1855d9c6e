import { isRange, NO_FILTER } from '../api/chats.js';
import { hashOf } from '../app/route.js';
import { LONGEST_NAME } from '../state/saved-views.js';
import { foreign, h } from './dom.js';
import { icon } from './icons.js';

/** @import { ChatFilter } from '../api/chats.js' */
/** @import { Key } from '../i18n/i18n.js' */
/** @import { SavedViews } from '../state/saved-views.js' */

/** @type {readonly (readonly [Key, Partial<ChatFilter>])[]} */
export const READY_MADE = [
  ['views.all', {}], ['views.failed-today', { status: 'error', range: 'today' }],
  ['views.failed-since-yesterday', { status: 'error', range: 'since-yesterday' }],
  ['views.waiting', { status: 'in_progress', range: 'over-1m' }],
  ['views.backlist', { triggered: 'true' }],
];

/**
 * The ready-made views and the reader's own, each a link; and a form that gives the present one a name.
 * @param {SavedViews} saved
 * @param {ChatFilter} filter the present one
 * @param {string} profileId of the open chat, or of the filter; '' for none
 */
export function showViews(saved, filter, profileId) {
  const own = h('ul', { class: 'view-list', testid: 'own-views' });
  const name = h('input', {
    class: 'input', testid: 'view-name', attrs: { id: 'view-name', required: true, maxlength: LONGEST_NAME, autocomplete: 'off' },
  });
  const form = h('form', { class: 'view-form', on: { submit: (event) => {
    event.preventDefault();
    if (!name.value.trim()) return;
    saved.save(name.value, hashOf(null, { filter, page: 0 }));
    name.value = '';
    draw();
  } } }, h('label', { class: 'label', t: 'views.name', attrs: { for: 'view-name' } }), name,
  h('button', { class: 'button', testid: 'view-save', t: 'views.save', attrs: { type: 'submit' } }));
  const day = h('input', { class: 'input view-day', testid: 'view-day', attrs: { id: 'view-day', type: 'date' }, on: { change: () => {
    if (!day.value || !isRange(day.value)) return;
    location.hash = hashOf(null, { filter: { ...filter, range: day.value }, page: 0 });
    dialog.close();
  } } });
  const ready = profileId ? [...READY_MADE, /** @type {const} */ (['views.shopper', { profileId }])] : READY_MADE;
  const dialog = h('dialog', { class: 'card confirm', testid: 'views-dialog', attrs: { 'aria-labelledby': 'views-title' } },
    h('h2', { t: 'views.title', attrs: { id: 'views-title' } }),
    h('ul', { class: 'view-list' }, ...ready.map(([label, part]) => h('li', null,
      link(hashOf(null, { filter: { ...NO_FILTER, tenantId: filter.tenantId, ...part }, page: 0 }),
        h('span', { t: label }), () => dialog.close())))),
    h('h3', null, h('label', { t: 'views.day', attrs: { for: 'view-day' } })), day,
    h('h3', { t: 'views.own' }), own, form,
    h('div', { class: 'confirm-buttons' },
      h('button', { class: 'button', t: 'help.done', attrs: { type: 'button' }, on: { click: () => dialog.close() } })));

  const draw = () => {
    const views = saved.all;
    own.replaceChildren(...views.map((view) => h('li', null,
      link(view.hash, foreign(view.name), () => dialog.close()),
      h('button', {
        class: 'button quiet icon-button', testid: 'view-remove', tAttrs: { 'aria-label': 'views.remove', title: 'views.remove' },
        attrs: { type: 'button' },
        on: { click: () => { saved.remove(view.name); draw(); name.focus(); } },
      }, icon('close')))));
    if (!views.length) own.append(h('li', { class: 'state-hint', t: 'views.none' }));
  };

  draw();
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} href @param {HTMLElement} label @param {() => void} onClick */
const link = (href, label, onClick) => h('a', { class: 'view-link', attrs: { href }, on: { click: onClick } }, label);
