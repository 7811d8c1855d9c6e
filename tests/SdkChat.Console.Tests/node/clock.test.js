import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from './console/live/clock.js';

test('a device whose clock is set back measures on', (context) => {
  const before = systemClock.now();
  context.mock.timers.enable({ apis: ['Date'], now: 0 });
  assert.ok(systemClock.now() >= before);
});
