import { number } from '../i18n/format.js';
import { copyButton } from './copy.js';
import { foreign, h } from './dom.js';
import { field, formDialog } from './form-dialog.js';

/** @import { Operations } from '../api/operations.js' */
/** @import { ErasedPerson } from '../api/types.js' */

/**
 * Erases a person. It cannot be undone, so the person's name or the profile's id is typed in.
 * @param {Operations} operations
 * @param {{ tenantId: string, profileId?: string, name?: string | null, chats?: number | null }} known without profileId it is asked for
 * @param {() => void} onErased
 */
export function eraseDialog(operations, { tenantId, profileId = '', name = null, chats = null }, onErased) {
  const profile = field('facts.profile', 'erase-profile', {
    value: profileId, readonly: profileId !== '', spellcheck: 'false', autocapitalize: 'none',
  });
  const typed = field('erase.confirm', 'erase-confirm', { spellcheck: 'false', autocapitalize: 'none' });
  formDialog({
    testid: 'erase', title: 'erase.title', action: 'erase.action', danger: true, refused: { VALIDATION_FAILED: 'erase.refused' },
    fields: [
      name !== null && h('p', null, foreign(name, 'strong')),
      h('p', { t: 'erase.lost' }),
      chats !== null && h('p', { testid: 'erase-chats', t: 'erase.chats', args: { n: chats } }),
      h('p', { class: 'state-hint', t: 'erase.stays' }),
      ...profile.elements, ...typed.elements,
    ],
    submit: async () => {
      const erased = await operations.erase(tenantId, profile.input.value.trim().toLowerCase(), typed.input.value);
      onErased();
      showErased(erased);
    },
  });
  (profileId ? typed : profile).input.focus();
}

/** @param {ErasedPerson} erased */
function showErased({ erasure_id: id, chats, sessions }) {
  const dialog = h('dialog', { class: 'card confirm', testid: 'erased', attrs: { 'aria-labelledby': 'erased-title' } },
    h('h2', { t: id === null ? 'erase.nothing' : 'erase.done', attrs: { id: 'erased-title' } }),
    id === null ? h('p', { t: 'erase.nothing.hint' }) : h('dl', { class: 'facts' },
      h('dt', { t: 'shopper.chats' }), h('dd', { testid: 'erased-chats' }, number(chats)),
      h('dt', { t: 'shopper.sessions' }), h('dd', null, number(sessions)),
      h('dt', { t: 'erase.record' }), h('dd', null, h('span', { class: 'code' }, id), copyButton('copy.id', 'erased-copy', () => id))),
    h('div', { class: 'confirm-buttons' }, h('button', {
      class: 'button primary', testid: 'erased-done', t: 'help.done', attrs: { type: 'button' }, on: { click: () => dialog.close() },
    })));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
