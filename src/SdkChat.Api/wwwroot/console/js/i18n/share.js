import { i18n } from './i18n.js';

/** A part of a whole in per cent; a dash where there is no whole. @param {number} part @param {number} whole */
export const share = (part, whole) => (whole > 0
  ? new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: part * 10 < whole ? 1 : 0 }).format(part / whole)
  : i18n.t('unknown'));
