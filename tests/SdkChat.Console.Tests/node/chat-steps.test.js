import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepFrom } from './console/state/chat-steps.js';

const row = (chat_id, created_at) => ({ chat_id, created_at });
const rows = [row('d', '2026-04-23T05:28:09Z'), row('c', '2026-04-23T05:28:08.250Z'), row('a', '2026-04-23T05:28:08Z')];

test('a step goes to the neighbour, and not beyond the list', () => {
  assert.equal(stepFrom(rows, 'c', null, 1).chat_id, 'a');
  assert.equal(stepFrom(rows, 'c', null, -1).chat_id, 'd');
  assert.equal(stepFrom(rows, 'a', null, 1), null);
  assert.equal(stepFrom(rows, 'd', null, -1), null);
});

test('a chat that the filter leaves out has its place by time, then by id', () => {
  assert.equal(stepFrom(rows, 'b', row('b', '2026-04-23T05:28:08.100Z'), 1).chat_id, 'a');
  assert.equal(stepFrom(rows, 'b', row('b', '2026-04-23T05:28:08.100Z'), -1).chat_id, 'c');
  assert.equal(stepFrom(rows, 'b', row('b', '2026-04-23T05:28:08Z'), 1).chat_id, 'a');
  assert.equal(stepFrom(rows, 'e', row('e', '2026-04-23T06:00:00Z'), 1).chat_id, 'd');
  assert.equal(stepFrom(rows, 'e', row('e', '2026-04-23T06:00:00Z'), -1), null);
  assert.equal(stepFrom(rows, '0', row('0', '2020-01-01T00:00:00Z'), -1).chat_id, 'a');
});

test('a chat that is not read yet, or an empty list, has no neighbour', () => {
  assert.equal(stepFrom(rows, 'b', null, 1), null);
  assert.equal(stepFrom([], 'b', row('b', '2026-04-23T06:00:00Z'), 1), null);
});
