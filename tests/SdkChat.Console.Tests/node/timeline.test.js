import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsFrom, stepsOf } from './console/views/timeline.js';
import { row } from './fakes.js';

const ASKED = '2026-04-23T12:00:00Z';
const ANSWERED = '2026-04-23T12:00:02.300Z';
const chat = (changes) => ({ ...row('c'), status: 'completed', created_at: ASKED, updated_at: ANSWERED, ended_at: null, ...changes });
const kinds = (steps) => steps.map(({ kind, live }) => [kind, live]);

test('a completion that the page saw is one step', () => {
  const seen = [{ at: Date.parse(ANSWERED) + 40, name: 'chat_completed', data: {} }];
  assert.deepEqual(kinds(stepsOf(chat(), seen)), [['created', false], ['completed', true]]);
});

test('every trigger that the page saw is a step, in order', () => {
  const at = Date.parse(ANSWERED);
  const seen = [{ at: at + 5000, name: 'backlist_triggered', data: {} }, { at: at + 9000, name: 'backlist_triggered', data: {} }];
  assert.deepEqual(kinds(stepsOf(chat({ ended_at: '2026-04-23T12:00:20Z' }), seen)),
    [['created', false], ['completed', false], ['backlist_triggered', true], ['backlist_triggered', true], ['ended', false]]);
});

test('the service\'s timeline is told as it is, types of a later version by name', () => {
  const types = ['started', 'stamped', 'completed', 'failed', 'ended', 'backlist_triggered', 'constructor'];
  const steps = stepsFrom(types.map((type) => ({ at: ASKED, type, status: type === 'stamped' ? 'NEAR_TILL' : undefined })));
  assert.deepEqual(steps.map(({ kind }) => kind), ['created', 'stamped', 'completed', 'error', 'ended', 'backlist_triggered', 'other']);
  assert.deepEqual([steps[1].words, steps[6].words, steps[0].words], ['NEAR_TILL', 'constructor', undefined]);
});
