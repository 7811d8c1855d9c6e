import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyPage, failRead, holdRead, markCompleted, showRead } from './console/state/chat-page.js';
import { Problem } from './console/api/problem.js';
import { pageOf, row } from './fakes.js';

const show = (before, rows, total) => showRead(before, { page: pageOf(rows, total), links: {}, at: 1 });
const ids = (page) => page.rows.map(({ chat_id: id }) => id);

test('the first read makes nothing stand out', () => {
  assert.equal(show(emptyPage(), [row('a'), row('b')]).fresh.size, 0);
});

test('a later read points out what is new or has changed, and nothing else', () => {
  const before = show(emptyPage(), [row('a', { status: 'in_progress' }), row('b')]);
  const after = show(before, [row('c'), row('a', { updated_at: 'later' }), row('b')]);
  assert.deepEqual([...after.fresh].sort(), ['a', 'c']);
});

test('in the middle of a page rows change where they stand, and new ones are counted', () => {
  const before = show(emptyPage(), [row('b', { status: 'in_progress' }), row('a')], 10);
  const after = holdRead(before, { page: pageOf([row('d'), row('c'), row('b')], 12), at: 2 });
  assert.deepEqual(ids(after), ['b', 'a']);
  assert.equal(after.rows[0].status, 'completed');
  assert.equal(after.held, 2);
  assert.equal(after.total, 12);
  assert.equal(show(after, [row('d'), row('c')], 12).held, 0);
});

test('an event completes its row at once, and a read that it overtook does not undo that', () => {
  const before = show(emptyPage(), [row('a', { status: 'in_progress' })]);
  const marked = markCompleted(before, 'a');
  assert.equal(marked.rows[0].status, 'completed');
  assert.deepEqual([...marked.fresh], ['a']);
  assert.equal(show(marked, [row('a', { status: 'in_progress' })]).rows[0].status, 'completed');
});

test('an event about a chat that is not here changes nothing', () => {
  const page = show(emptyPage(), [row('a')]);
  assert.equal(markCompleted(page, 'z'), page);
});

test('a failed read keeps what was read', () => {
  const page = failRead(show(emptyPage(), [row('a')]), new Problem(503, 'UNAVAILABLE'));
  assert.deepEqual(ids(page), ['a']);
  assert.equal(page.problem.status, 503);
});

test('what may not be seen any more goes', () => {
  const page = failRead(show(emptyPage(), [row('a')]), new Problem(403, 'TENANT_DISABLED'));
  assert.deepEqual(ids(page), []);
  assert.equal(page.phase, 'failed');
});
