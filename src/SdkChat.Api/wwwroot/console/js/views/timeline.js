import { duration } from '../i18n/format.js';
import { i18n } from '../i18n/i18n.js';
import { cut, foreign, h } from './dom.js';
import { moment } from './time.js';

/** @import { ChatDetail, TimelineItem } from '../api/types.js' */
/** @import { SeenEvent } from '../state/live-log.js' */
/** @import { Key } from '../i18n/i18n.js' */

/**
 * @typedef {object} Step
 * @property {string | number} at
 * @property {string} kind
 * @property {Key} label
 * @property {boolean} live whether this page saw it happen
 * @property {string} [words] the app's own
 */

/** @type {Record<string, { kind: string, label: Key }>} */
const TYPES = {
  started: { kind: 'created', label: 'timeline.created' },
  stamped: { kind: 'stamped', label: 'timeline.stamped' },
  completed: { kind: 'completed', label: 'timeline.completed' },
  failed: { kind: 'error', label: 'timeline.failed' },
  ended: { kind: 'ended', label: 'timeline.ended' },
  backlist_triggered: { kind: 'backlist_triggered', label: 'timeline.backlist' },
};

/**
 * The service's timeline. A type that this page does not know is told by its name.
 * @param {readonly TimelineItem[]} items
 * @returns {Step[]}
 */
export const stepsFrom = (items) => items.map(({ at, type, status }) => {
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : null;
  return { at, kind: known?.kind ?? 'other', label: known?.label ?? 'timeline.updated', live: false, words: known ? status : type };
});

/**
 * What happened to a chat, in order, where the service has no timeline: what its detail says, and what this page saw on the stream.
 * @param {ChatDetail} chat
 * @param {readonly SeenEvent[]} seen
 * @returns {Step[]}
 */
export function stepsOf(chat, seen) {
  /** @type {Step[]} */
  const steps = [{ at: chat.created_at, kind: 'created', label: 'timeline.created', live: false }];
  if (chat.updated_at !== chat.created_at) {
    steps.push({ at: chat.updated_at, kind: chat.status, label: updateLabel(chat.status), live: false });
  }
  if (chat.ended_at) steps.push({ at: chat.ended_at, kind: 'ended', label: 'timeline.ended', live: false });
  const completed = steps.find((step) => step.kind === 'completed');
  for (const { at, name } of seen) {
    // The completion in the service's timeline is the one that this page saw: one step, not two.
    if (name !== 'backlist_triggered' && completed) completed.live = true;
    else steps.push({ at, kind: name, label: name === 'backlist_triggered' ? 'timeline.backlist' : 'timeline.completed-seen', live: true });
  }
  return steps.map((step, index) => ({ step, index, time: new Date(step.at).getTime() }))
    .sort((a, b) => a.time - b.time || a.index - b.index)
    .map(({ step }) => step);
}

/** @param {string} status @returns {Key} */
const updateLabel = (status) => (status === 'completed' ? 'timeline.completed'
  : status === 'error' ? 'timeline.failed' : 'timeline.updated');

/** @param {Step[]} steps */
export const timeline = (steps) => steps.map(({ at, kind, label, live, words }, index) => h(
  'li', { class: 'step', attrs: { 'data-kind': kind, 'data-live': String(live) } },
  h('span', { class: 'step-label' }, i18n.t(label),
    words && foreign(cut(words, 80), 'tag'), live && h('span', { class: 'tag live-tag' }, i18n.t('timeline.live'))),
  h('span', { class: 'step-time' }, moment(at), ...sinceStart(steps[0], at, index)),
));

/**
 * How long after the question; what a page saw by its own clock may seem to lie before it.
 * @param {Step} first
 * @param {string | number} at
 * @param {number} index
 */
function sinceStart(first, at, index) {
  const passed = new Date(at).getTime() - new Date(first.at).getTime();
  return index > 0 && passed >= 0 ? [' · ', i18n.t('timeline.after', { time: duration(passed) })] : [];
}
