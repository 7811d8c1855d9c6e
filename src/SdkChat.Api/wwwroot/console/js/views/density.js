import { features } from '../app/browser-features.js';
import { h } from './dom.js';
import { icon } from './icons.js';

const DENSITY = 'sdkchat.density';
const page = document.documentElement;

const isCompact = () => page.dataset.density === 'compact';

/** Turns one-line rows on and off; `early.js` has set what was chosen before. */
export function densityButton() {
  const button = h('button', {
    class: 'button quiet icon-button wide-only', testid: 'density', tAttrs: { 'aria-label': 'list.compact', title: 'list.compact' },
    attrs: { type: 'button', 'aria-pressed': String(isCompact()) },
    on: { click: () => {
      page.dataset.density = isCompact() ? 'comfortable' : 'compact';
      features.remember(DENSITY, page.dataset.density);
      button.setAttribute('aria-pressed', String(isCompact()));
    } },
  }, icon('rows'));
  return button;
}
