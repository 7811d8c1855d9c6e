import { svg } from './dom.js';

/** Outlines on a square of 24. */
const PATHS = {
  completed: 'M5 12.5l4.5 4.5L19 7.5',
  error: 'M12 6v7M12 17.2v.3',
  in_progress: 'M12 4a8 8 0 1 1-8 8',
  ended: 'M8 8h8v8H8z',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  up: 'M12 19V6M6 11l6-6 6 6',
  down: 'M12 5v13M6 13l6 6 6-6',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  pin: 'M12 21c4.5-5.2 6.5-8.4 6.5-11.2a6.5 6.5 0 1 0-13 0C5.5 12.6 7.5 15.8 12 21zM12 12a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z',
  sun: 'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.6L5 19',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  play: 'M8 5.5v13l10.5-6.5z',
  signOut: 'M14 4H5v16h9M10 12h11M17.5 8.5L21 12l-3.5 3.5',
  live:
    'M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z'
    + 'M8 8a5.7 5.7 0 0 0 0 8M16 8a5.7 5.7 0 0 1 0 8M5 5a9.9 9.9 0 0 0 0 14M19 5a9.9 9.9 0 0 1 0 14',
  refresh: 'M20 5v5h-5M4 19v-5h5M5.5 9.5A7.5 7.5 0 0 1 19 8l1 2M4 14l1 2a7.5 7.5 0 0 0 13.5-1.5',
  first: 'M18 5l-7 7 7 7M6 5v14',
  last: 'M6 5l7 7-7 7M18 5v14',
  rows: 'M4 6h16M4 10h16M4 14h16M4 18h16',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  star: 'M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.3l-5 2.9 1.2-5.6L4 9.8l5.6-.6z',
  key: 'M14.5 9.5a5 5 0 1 1-1.8-3.8 5 5 0 0 1 1.8 3.8zM13 12l8 8M18 17l-2 2',
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * Decoration: whatever it means is said in words beside it.
 * @param {IconName} name
 * @param {string} [className]
 */
export const icon = (name, className = '') => svg(
  'svg',
  { class: `icon icon-${name} ${className}`.trim(), attrs: { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' } },
  svg('path', { attrs: { d: PATHS[name] } }),
);

/** @param {string} name @returns {name is IconName} */
export const isIcon = (name) => Object.hasOwn(PATHS, name);
