// Runs before the first paint, so that nobody who wants it dark sees a white flash. Everything else is a module.
(() => {
  /** @param {string} key */
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is forbidden here: the page then simply forgets
    }
  };
  const theme = stored('sdkchat.theme');
  const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  const spoken = [stored('sdkchat.language'), ...navigator.languages].map((tag) => (tag ?? '').slice(0, 2).toLowerCase());
  document.documentElement.lang = spoken.find((tag) => ['en', 'ko', 'ja'].includes(tag)) ?? 'en';
})();
