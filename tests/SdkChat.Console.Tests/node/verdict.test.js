import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from './console/api/problem.js';
import { StreamProbe } from './console/live/verdict.js';

const ok = async () => {};
const fails = (status, retryAfter = null) => async () => { throw new Problem(status, 'X', '', retryAfter); };
const ask = (list, stream = ok, online = true) => new StreamProbe(list, stream, () => online).ask();

test('the list tells who may not', async () => {
  assert.deepEqual(await ask(fails(401)), { state: 'signed-out', retryAfter: null });
  assert.equal((await ask(fails(403))).state, 'forbidden');
  assert.deepEqual(await ask(fails(429, 7)), { state: 'too-many', retryAfter: 7 });
});

test('the limit on streams is seen though the list answers', async () => {
  assert.deepEqual(await ask(ok, fails(429, 30)), { state: 'too-many', retryAfter: 30 });
});

test('a service that is away is no reason to sign out', async () => {
  assert.equal((await ask(fails(0))).state, 'reconnecting');
  assert.deepEqual(await ask(fails(503, 2)), { state: 'reconnecting', retryAfter: 2 });
  assert.equal((await ask(fails(500))).state, 'reconnecting');
  assert.equal((await ask(fails(0), ok, false)).state, 'offline');
});

test('all is well again: try at once', async () => {
  assert.deepEqual(await ask(ok, ok), { state: 'reconnecting', retryAfter: null });
});

test('the stream is not asked where the list has said no', async () => {
  let asked = false;
  await ask(fails(401), async () => { asked = true; });
  assert.equal(asked, false);
});
