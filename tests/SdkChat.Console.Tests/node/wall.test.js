import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from './console/api/problem.js';
import { isNight, recallNight, rememberNight, USUAL_NIGHT } from './console/state/night.js';
import { WallReader } from './console/state/wall-reader.js';
import { FakeClock, FakeFrames, pageOf, row } from './fakes.js';

test('a night may pass midnight, and equal hours are no night', () => {
  const hours = (night) => Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isNight(night, hour));
  assert.deepEqual(hours({ from: 22, to: 2 }), [0, 1, 22, 23]);
  assert.deepEqual(hours({ from: 1, to: 3 }), [1, 2]);
  assert.deepEqual(hours({ from: 5, to: 5 }), []);
});

test('a night is kept, and what is stored and none is the usual', () => {
  const kept = {};
  const browser = { recall: (key) => kept[key] ?? null, remember: (key, value) => { kept[key] = value; } };
  assert.deepEqual(recallNight(browser), USUAL_NIGHT);
  rememberNight(browser, { from: 20, to: 6 });
  assert.deepEqual(recallNight(browser), { from: 20, to: 6 });
  for (const text of ['', '24-1', 'x', '1-2-3']) {
    kept['sdkchat.wall-night'] = text;
    assert.deepEqual(recallNight(browser), USUAL_NIGHT, text);
  }
});

test('an outage keeps the figures and their time; a screen that may not see them shows none', async () => {
  const clock = new FakeClock();
  let status = 0;
  const told = [];
  const answer = async (value) => { if (status) throw new Problem(status, 'X'); return value; };
  const reader = new WallReader({
    clock, frame: new FakeFrames().frame, now: () => new Date(1_000), onProblem: (problem) => told.push(problem.status),
    stats: { waiting: () => answer({ count: 2, oldest: null }), stats: () => answer({ total: { error: 3 } }) },
    chats: { newest: () => '', page: () => answer({ data: pageOf([row('a')]) }) },
  });
  for (const [next, count] of [[0, 2], [503, 2], [401, undefined]]) {
    status = next;
    reader.refresh();
    await clock.pass(5_000);
    assert.equal(reader.numbers.value.waiting?.count, count);
  }
  assert.deepEqual(told, [503, 401]);
  assert.equal(reader.numbers.value.readAt, 0);
});
