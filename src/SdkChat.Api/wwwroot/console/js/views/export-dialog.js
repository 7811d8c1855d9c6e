import { ExportDownload } from '../api/export.js';
import { Problem } from '../api/problem.js';
import { foreign, h, say, setAttribute } from './dom.js';
import { titleOf } from './states.js';

/** @import { ExportFormat } from '../api/export-rows.js' */
/** @import { Args, Key } from '../i18n/i18n.js' */

/** The browser has begun to save by then. */
const REVOKE_AFTER = 60_000;

/**
 * @typedef {object} ExportSource
 * @property {(format: ExportFormat) => string} urlOf
 * @property {string[]} words what the filter asks for
 * @property {number | null} total null where it is not known
 * @property {boolean} isLowerBound
 * @property {(problem: Problem) => void} onProblem
 */

/**
 * Saves what the list shows, all its pages, as a file; with progress, and a way to stop. What has arrived is kept over broken connections.
 * @param {ExportSource} source
 */
export function showExport({ urlOf, words, total, isLowerBound, onProblem }) {
  const abort = new AbortController();
  const format = h('select', { class: 'input', testid: 'export-format', attrs: { id: 'export-format' } },
    h('option', { t: 'export.csv', attrs: { value: 'csv' } }), h('option', { t: 'export.ndjson', attrs: { value: 'ndjson' } }));
  const bar = h('progress', {
    class: 'export-bar', testid: 'export-bar', tAttrs: { 'aria-label': 'export.title' },
    attrs: { hidden: true, max: total && !isLowerBound ? total : null },
  });
  const state = h('p', { class: 'state-hint', testid: 'export-state', attrs: { role: 'status' } });
  const start = h('button', {
    class: 'button primary', testid: 'export-start', t: 'export.start',
    attrs: { type: 'button', autofocus: true }, on: { click: () => void run() },
  });
  const close = h('button', {
    class: 'button', testid: 'export-close', t: 'cancel', attrs: { type: 'button' }, on: { click: () => dialog.close() },
  });
  const dialog = h('dialog', { class: 'card confirm', testid: 'export-dialog', attrs: { 'aria-labelledby': 'export-title' } },
    h('h2', { t: 'export.title', attrs: { id: 'export-title' } }),
    h('p', { class: 'searched' }, words.length ? foreign(words.join(' · ')) : h('span', { t: 'views.all' })),
    h('label', { class: 'label', t: 'export.format', attrs: { for: 'export-format' } }), format, bar, state,
    h('div', { class: 'confirm-buttons' }, close, start));

  /** @param {Key} key @param {Args} [args] */
  const tell = (key, args) => say(state, key, args);
  /** @param {boolean} on */
  const running = (on) => {
    bar.hidden = !on;
    format.disabled = start.disabled = on;
  };

  /** @type {{ format: ExportFormat, download: ExportDownload } | null} what has arrived, in which format */
  let kept = null;
  const forget = () => {
    kept = null;
    say(start, 'export.start');
  };
  format.addEventListener('change', forget);

  const run = async () => {
    running(true);
    bar.removeAttribute('value');
    const chosen = /** @type {ExportFormat} */ (format.value);
    kept ??= { format: chosen, download: new ExportDownload(urlOf(chosen), chosen) };
    try {
      const { file, name, rows } = await kept.download.read({
        signal: abort.signal, onLost: (n) => tell('export.lost', { n }), onRows: (n) => {
          if (bar.hasAttribute('max')) bar.value = Math.min(n, bar.max);
          tell('export.rows', { n });
        },
      });
      if (abort.signal.aborted) return;
      save(file, name);
      tell('export.done', { n: rows, name });
      forget();
      say(close, 'help.done');
    } catch (thrown) {
      if (!abort.signal.aborted) failed(Problem.from(thrown), kept.download.rows);
    } finally {
      running(false);
    }
  };

  /** @param {Problem} problem @param {number} rows that have arrived */
  const failed = (problem, rows) => {
    setAttribute(state, 'data-t', null);
    if (rows > 0 && problem.status !== 403) {
      tell('export.kept', { n: rows });
      say(start, 'export.resume');
    } else {
      tell(problem.status === 429 ? 'export.busy' : problem.status === 0 ? 'export.broken' : titleOf(problem));
      forget();
    }
    onProblem(problem);
  };

  if (total !== null) tell(isLowerBound ? 'pager.total.least' : 'pager.total', { n: total });
  dialog.addEventListener('close', () => { abort.abort(); dialog.remove(); });
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const url = URL.createObjectURL(file);
  h('a', { attrs: { href: url, download: name } }).click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER);
}
