import { i18n, isLanguage } from '../i18n/i18n.js';
import { translate } from '../views/dom.js';
import { refreshTimes } from '../views/time.js';

const THEME = 'sdkchat.theme';
const LANGUAGE = 'sdkchat.language';
const page = document.documentElement;

/** Starts from what `early.js` chose, and follows the system until the user decides. */
export function startPreferences() {
  if (isLanguage(page.lang)) i18n.use(page.lang);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (!recall(THEME)) page.dataset.theme = matches ? 'dark' : 'light';
  });
}

export const isDark = () => page.dataset.theme === 'dark';

export function switchTheme() {
  page.dataset.theme = isDark() ? 'light' : 'dark';
  remember(THEME, page.dataset.theme);
}

/** @param {string} language */
export function switchLanguage(language) {
  if (!isLanguage(language)) return;
  page.lang = language;
  remember(LANGUAGE, language);
  i18n.use(language);
  translate(document);
  refreshTimes(document);
}

/** @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}
