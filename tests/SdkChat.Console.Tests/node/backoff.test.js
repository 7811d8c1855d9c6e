import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from './console/live/backoff.js';

test('waits double up to a minute, and never exceed it', () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 12 }, () => backoff.next());
  assert.deepEqual(waits.slice(0, 4), [1000, 2000, 4000, 8000]);
  assert.equal(Math.max(...waits), 60_000);
});

test('waits are jittered down to half, never to nothing', () => {
  assert.equal(new Backoff(() => 0).next(), 500);
});

test('a success starts over', () => {
  const backoff = new Backoff(() => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 1000);
});

test('what the service asks for is the least', () => {
  assert.equal(new Backoff(() => 0).next(30), 30_000);
  assert.equal(new Backoff(() => 1).next(30), 37_500);
});

test('the longest wait can be shorter, but never shorter than what the service asks for', () => {
  const backoff = new Backoff(() => 1, 10_000);
  const waits = Array.from({ length: 12 }, () => backoff.next());
  assert.equal(Math.max(...waits), 10_000);
  assert.equal(backoff.next(30), 37_500);
});
