import { isDark, switchLanguage, switchTheme } from '../app/preferences.js';
import { i18n, LANGUAGE_NAMES } from '../i18n/i18n.js';
import { ConnectionLight } from './connection-light.js';
import { foreign, h, setAttribute, svg } from './dom.js';
import { icon } from './icons.js';
import { nameTab } from './page-title.js';

/** @import { SessionInfo } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** What is around every page: who and where one is, the light, and the switches. */
export class Shell {
  light = new ConnectionLight();
  main = h('main', { attrs: { id: 'main', tabindex: -1 } });
  /** Sections of the page, where it has several. */
  nav = h('nav', { class: 'sections', attrs: { hidden: true }, tAttrs: { 'aria-label': 'nav.label' } });
  /** Buttons of the page that is shown. */
  tools = h('span', { class: 'bar-tools' });
  #who = h('span', { class: 'who tag', attrs: { hidden: true } });
  #signOut;
  #theme = h('button', {
    class: 'button quiet icon-button', testid: 'theme', tAttrs: { 'aria-label': 'theme.dark', title: 'theme.dark' },
    attrs: { type: 'button' }, on: { click: () => this.#onTheme() },
  });

  /** @param {HTMLElement} root @param {Key} title @param {() => void} onSignOut */
  constructor(root, title, onSignOut) {
    this.#signOut = h('button', {
      class: 'button quiet', testid: 'sign-out', attrs: { type: 'button', hidden: true }, on: { click: onSignOut },
    }, icon('signOut'), h('span', { class: 'wide-only', t: 'sign-out' }));
    this.#signOut.setAttribute('data-t-aria-label', 'sign-out');
    const header = h('header', { class: 'bar' },
      h('div', { class: 'brand' }, mark(),
        h('h1', null, h('span', { class: 'brand-name' }, 'SdkChat'), ' ', h('span', { class: 'brand-page', t: title })), this.#who),
      this.nav,
      h('div', { class: 'bar-end' }, this.light.element, this.#language(), this.tools, this.#theme, this.#signOut));
    root.replaceChildren(header, this.light.hint, this.main);
    const name = () => nameTab(`SdkChat · ${i18n.t(title)}`);
    i18n.onChange(name);
    name();
    this.#showTheme();
  }

  /** @param {SessionInfo | null} session */
  showSession(session) {
    const who = session?.tenant_code ?? session?.subject ?? '';
    this.#who.replaceChildren(foreign(who));
    this.#who.hidden = who === '';
    this.#signOut.hidden = session === null;
    setAttribute(this.#signOut, 'aria-label', i18n.t('sign-out'));
  }

  #language() {
    const select = h('select', {
      class: 'input language', testid: 'language', tAttrs: { 'aria-label': 'language' }, on: { change: () => switchLanguage(select.value) },
    }, ...Object.entries(LANGUAGE_NAMES).map(([tag, name]) => h('option', { attrs: { value: tag, lang: tag } }, name)));
    select.value = i18n.language;
    return select;
  }

  #onTheme() {
    switchTheme();
    this.#showTheme();
  }

  #showTheme() {
    setAttribute(this.#theme, 'aria-pressed', String(isDark()));
    this.#theme.replaceChildren(icon('moon'), icon('sun'));
  }
}

const mark = () => svg('svg', { class: 'mark', attrs: { viewBox: '0 0 32 32', 'aria-hidden': 'true' } },
  svg('rect', { class: 'mark-back', attrs: { width: 32, height: 32, rx: 9 } }),
  svg('path', { class: 'mark-line', attrs: { d: 'M9 11h14v8h-7l-4 4v-4H9z' } }));
