import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Watchdog } from './console/live/watchdog.js';
import { FakeClock } from './fakes.js';

const setUp = () => {
  const clock = new FakeClock();
  const barks = [];
  const dog = new Watchdog(60_000, () => barks.push(clock.now()), clock);
  return { clock, barks, dog };
};

test('barks after the silence, once', async () => {
  const { clock, barks, dog } = setUp();
  dog.feed();
  await clock.pass(59_999);
  assert.equal(barks.length, 0);
  await clock.pass(200_000);
  assert.equal(barks.length, 1);
});

test('never barks while it is fed', async () => {
  const { clock, barks, dog } = setUp();
  for (let n = 0; n < 40; n++) {
    dog.feed();
    await clock.pass(25_000);
  }
  assert.equal(barks.length, 0);
  await clock.pass(35_001);
  assert.equal(barks.length, 1);
});

test('ten thousand feeds cost one timer', () => {
  const { clock, dog } = setUp();
  for (let n = 0; n < 10_000; n++) dog.feed();
  assert.equal(clock.waiting, 1);
});

test('stopped, it is quiet', async () => {
  const { clock, barks, dog } = setUp();
  dog.feed();
  dog.stop();
  await clock.pass(500_000);
  assert.equal(barks.length, 0);
});
