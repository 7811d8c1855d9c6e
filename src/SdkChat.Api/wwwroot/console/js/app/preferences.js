import { i18n, isLanguage } from '../i18n/i18n.js';
import { translate } from '../views/dom.js';
import { refreshTimes } from '../views/time.js';
import { features } from './browser-features.js';

const THEME = 'sdkchat.theme';
const LANGUAGE = 'sdkchat.language';
const page = document.documentElement;

/** Starts from what `early.js` chose, and follows the system until the user decides. */
export function startPreferences() {
  if (isLanguage(page.lang)) i18n.use(page.lang);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (!features.recall(THEME)) page.dataset.theme = matches ? 'dark' : 'light';
  });
}

export const isDark = () => page.dataset.theme === 'dark';

export function switchTheme() {
  page.dataset.theme = isDark() ? 'light' : 'dark';
  features.remember(THEME, page.dataset.theme);
}

/** @param {string} language */
export function switchLanguage(language) {
  if (!isLanguage(language)) return;
  page.lang = language;
  features.remember(LANGUAGE, language);
  i18n.use(language);
  translate(document);
  refreshTimes(document);
}
