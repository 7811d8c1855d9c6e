/** The overview's part of the address: a time range, how it is cut, and whose chats it is about. */

/** @typedef {'hour' | 'day' | 'week'} BucketUnit */
/** @typedef {typeof SPANS[number]} Span */
/** @typedef {{ span: Span, unit: BucketUnit, profileId: string }} Plan `profileId` is '' for all shoppers */

export const SPANS = /** @type {const} */ (['today', 'yesterday', '7d', '30d', '365d']);
export const UNITS = /** @type {const} */ (['hour', 'day', 'week']);

/** What each span can be cut into, the usual first; anything else is one bar, or too many. @type {Record<Span, readonly BucketUnit[]>} */
const CUTS = { today: ['hour'], yesterday: ['hour'], '7d': ['day', 'hour'], '30d': ['day', 'week'], '365d': ['week', 'day'] };

/** Days before today that a span begins with. @type {Record<Span, number>} */
const BACK = { today: 0, yesterday: 1, '7d': 6, '30d': 29, '365d': 364 };

/** @type {Plan} */
const USUAL = { span: '7d', unit: 'day', profileId: '' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param {Span} span */
export const unitsOf = (span) => CUTS[span];

/** @param {string} hash @returns {Plan} */
export function readPlan(hash) {
  const query = new URLSearchParams(hash.split('?')[1] ?? '');
  const span = SPANS.find((one) => one === query.get('time')) ?? USUAL.span;
  const profileId = query.get('profile') ?? '';
  return {
    span, unit: CUTS[span].find((one) => one === query.get('per')) ?? CUTS[span][0], profileId: UUID.test(profileId) ? profileId : '',
  };
}

/** @param {Plan} plan */
export function overviewHash({ span, unit, profileId }) {
  const query = new URLSearchParams();
  if (profileId) query.set('profile', profileId);
  if (span !== USUAL.span) query.set('time', span);
  if (unit !== CUTS[span][0]) query.set('per', unit);
  return `#/overview${query.size ? `?${query}` : ''}`;
}

/** A shopper's numbers, of as long as the overview reaches. @param {string} profileId */
export const shopperHash = (profileId) => overviewHash({ span: '365d', unit: 'week', profileId });

/**
 * The instants of a span, in whole days of the reader's own time zone.
 * @param {Span} span
 * @param {Date} now
 * @returns {{ from: string, to?: string }} without an end it is now
 */
export const instantsOf = (span, now) => ({
  from: midnight(now, BACK[span]).toISOString(), ...(span === 'yesterday' ? { to: midnight(now, 0).toISOString() } : {}),
});

/** Today so far, and as much of the same day a week ago. @param {Date} now */
export function todayAndWeekAgo(now) {
  const then = new Date(now);
  then.setDate(then.getDate() - 7);
  return { today: { from: midnight(now, 0).toISOString() }, weekAgo: { from: midnight(now, 7).toISOString(), to: then.toISOString() } };
}

/** @param {Date} now @param {number} back days */
const midnight = (now, back) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
