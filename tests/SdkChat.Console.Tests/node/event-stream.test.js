import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from './console/live/backoff.js';
import { EventStream, SILENCE } from './console/live/event-stream.js';
import { FakeClock, FakeSource, settle } from './fakes.js';

const CONNECTING = 0;
const CLOSED = 2;

function setUp(verdict = { state: 'reconnecting', retryAfter: null }) {
  const clock = new FakeClock();
  const sources = [];
  const seen = { states: [], events: [], ready: 0, pings: 0, probes: 0 };
  const stream = new EventStream({
    clock,
    backoff: new Backoff(() => 1),
    open: () => {
      sources.push(new FakeSource());
      return sources.at(-1);
    },
    probe: { ask: async () => { seen.probes++; return typeof verdict === 'function' ? verdict() : verdict; } },
    listener: {
      onState: (state) => seen.states.push(state),
      onReady: () => seen.ready++,
      onPing: () => seen.pings++,
      onEvent: (name, data) => seen.events.push([name, data]),
    },
  });
  stream.start();
  return { clock, sources, seen, stream };
}

test('is live with ready, and not before', () => {
  const { sources, seen } = setUp();
  assert.deepEqual(seen.states, ['connecting']);
  sources[0].say('ready', '{}');
  assert.deepEqual(seen.states, ['connecting', 'live']);
  assert.equal(seen.ready, 1);
});

test('events come through as they are', () => {
  const { sources, seen } = setUp();
  sources[0].say('ready');
  sources[0].say('chat_completed', '{"chat_id":"a"}');
  sources[0].say('backlist_triggered', '{}');
  for (const name of ['chat_started', 'chat_failed', 'chat_ended']) sources[0].say(name, name);
  assert.deepEqual(seen.events.splice(2).map(([name]) => name), ['chat_started', 'chat_failed', 'chat_ended']);
  sources[0].say('ping');
  assert.deepEqual(seen.events, [['chat_completed', '{"chat_id":"a"}'], ['backlist_triggered', '{}']]);
  assert.equal(seen.pings, 1);
});

test('a lost connection comes back by itself: nothing is opened beside it', async () => {
  const { clock, sources, seen } = setUp();
  sources[0].say('ready');
  sources[0].fail(CONNECTING);
  await clock.pass(10_000);
  assert.equal(sources.length, 1);
  assert.equal(seen.states.at(-1), 'reconnecting');
  sources[0].say('ready');
  assert.equal(seen.states.at(-1), 'live');
  assert.equal(seen.ready, 2, 'the list must be read again after every gap');
});

test('an answer that ends EventSource for good is asked about, and a new one is opened after a while', async () => {
  const { clock, sources, seen } = setUp();
  sources[0].fail(CLOSED);
  await settle();
  assert.equal(seen.probes, 1);
  assert.equal(sources.length, 1);
  await clock.pass(1000);
  assert.equal(sources.length, 2);
  sources[1].say('ready');
  assert.equal(seen.states.at(-1), 'live');
});

test('waits grow while it is refused', async () => {
  const { clock, sources } = setUp();
  for (let n = 0; n < 4; n++) {
    sources.at(-1).fail(CLOSED);
    await clock.pass(1000 * 2 ** n);
    assert.equal(sources.length, n + 2);
  }
});

test('once it was live, waits start over', async () => {
  const { clock, sources } = setUp();
  for (let n = 0; n < 5; n++) {
    sources.at(-1).fail(CLOSED);
    await clock.pass(60_000);
  }
  sources.at(-1).say('ready');
  const before = sources.length;
  sources.at(-1).fail(CLOSED);
  await clock.pass(1000);
  assert.equal(sources.length, before + 1);
});

test('signed out, it does not try again', async () => {
  const { clock, sources, seen } = setUp({ state: 'signed-out', retryAfter: null });
  sources[0].fail(CLOSED);
  await clock.pass(600_000);
  assert.equal(seen.states.at(-1), 'signed-out');
  assert.equal(sources.length, 1);
});

test('too many streams: it says so, and waits as long as the service asks', async () => {
  const { clock, sources, seen } = setUp({ state: 'too-many', retryAfter: 30 });
  sources[0].fail(CLOSED);
  await clock.pass(29_999);
  assert.equal(seen.states.at(-1), 'too-many');
  assert.equal(sources.length, 1);
  await clock.pass(8_000);
  assert.equal(sources.length, 2);
});

test('no ping for a minute: it is opened anew', async () => {
  const { clock, sources, seen } = setUp();
  sources[0].say('ready');
  await clock.pass(SILENCE - 1);
  assert.equal(sources.length, 1);
  await clock.pass(1);
  assert.equal(sources[0].closed, true);
  assert.equal(sources.length, 2);
  assert.equal(seen.states.at(-1), 'reconnecting');
});

test('with pings it stays open', async () => {
  const { clock, sources } = setUp();
  sources[0].say('ready');
  for (let n = 0; n < 100; n++) {
    await clock.pass(25_000);
    sources[0].say('ping');
  }
  assert.equal(sources.length, 1);
});

test('what a closed source still says is not heard', async () => {
  const { clock, sources, seen } = setUp();
  sources[0].say('ready');
  await clock.pass(SILENCE);
  sources[0].say('chat_completed', 'late');
  sources[0].fail(CLOSED);
  await settle();
  assert.deepEqual(seen.events, []);
  assert.equal(seen.probes, 0);
});

test('stopped while it asks, it stays stopped', async () => {
  const { clock, sources, seen, stream } = setUp();
  sources[0].fail(CLOSED);
  stream.stop();
  await clock.pass(600_000);
  assert.equal(sources.length, 1);
  assert.deepEqual(seen.states, ['connecting']);
  assert.equal(clock.waiting, 0);
});

test('when the network is back it does not wait any longer', async () => {
  const { sources, stream } = setUp({ state: 'offline', retryAfter: null });
  sources[0].fail(CLOSED);
  await settle();
  stream.hurry();
  assert.equal(sources.length, 2);
});
