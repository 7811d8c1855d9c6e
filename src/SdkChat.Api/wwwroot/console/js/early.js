// Runs before the first paint, so that a dark page never flashes white, and before anything else is loaded, so that what fails is noticed.
// Everything else is a module.
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
  document.documentElement.dataset.density = stored('sdkchat.density') === 'compact' ? 'compact' : 'comfortable';
  const spoken = [stored('sdkchat.language'), ...navigator.languages].map((tag) => (tag ?? '').slice(0, 2).toLowerCase());
  document.documentElement.lang = spoken.find((tag) => ['en', 'ko', 'ja'].includes(tag)) ?? 'en';

  const INCOMPLETE = {
    en: 'The page could not be loaded completely. It is loaded again in a few seconds.',
    ko: '페이지를 모두 불러오지 못했습니다. 몇 초 후 다시 불러옵니다.',
    ja: 'ページを完全に読み込めませんでした。数秒後に再読み込みします。',
  };
  let failed = false;
  // Not all pages at the same moment after an outage.
  const pause = () => 2_000 + Math.random() * 2_000;

  const reloadSoon = () => {
    const text = INCOMPLETE[/** @type {keyof typeof INCOMPLETE} */ (document.documentElement.lang)];
    document.getElementById('console')?.replaceChildren(Object.assign(document.createElement('p'), {
      className: 'incomplete', role: 'alert', textContent: text,
    }));
    setTimeout(() => location.reload(), pause());
    addEventListener('online', () => location.reload());
  };

  // The service may be away, or the network may have changed while the page was loading.
  addEventListener('error', ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') setTimeout(() => target.replaceWith(target.cloneNode()), pause());
    // A module fails with each module that it imports.
    if (!(target instanceof HTMLScriptElement) || failed) return;
    failed = true;
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', reloadSoon);
    else reloadSoon();
  }, true);
})();
