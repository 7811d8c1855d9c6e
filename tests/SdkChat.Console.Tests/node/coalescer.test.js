import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coalescer } from './console/live/coalescer.js';
import { FakeClock, settle } from './fakes.js';

test('the first who asks is served at once', () => {
  let runs = 0;
  new Coalescer(async () => { runs++; }, 1000, new FakeClock()).ask();
  assert.equal(runs, 1);
});

test('a thousand requests in a second are two runs', async () => {
  const clock = new FakeClock();
  let runs = 0;
  const work = new Coalescer(async () => { runs++; }, 1000, clock);
  for (let n = 0; n < 1000; n++) {
    work.ask();
    await clock.pass(1);
  }
  await clock.pass(10_000);
  assert.equal(runs, 2);
});

test('never two at a time, and once more for who asked meanwhile', async () => {
  const clock = new FakeClock();
  const finish = [];
  const work = new Coalescer(() => new Promise((resolve) => finish.push(resolve)), 10, clock);
  work.ask();
  work.ask();
  await clock.pass(5000);
  assert.equal(finish.length, 1);
  finish[0]();
  await settle();
  assert.equal(finish.length, 2);
  finish[1]();
  await clock.pass(5000);
  assert.equal(finish.length, 2);
});


test('stopped, nothing runs any more', async () => {
  const clock = new FakeClock();
  let runs = 0;
  const work = new Coalescer(async () => { runs++; }, 1000, clock);
  work.ask();
  work.ask();
  work.stop();
  await clock.pass(5000);
  assert.equal(runs, 1);
});
