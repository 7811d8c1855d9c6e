import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Election } from './console/live/election.js';
import { SharedStream } from './console/live/shared-stream.js';
import { FakeAir, FakeClock, FakeLocks, settle } from './fakes.js';

/** A browser with tabs; each tab's stream is driven by the test. */
class Browser {
  clock = new FakeClock();
  #locks;
  #airs = new Map();

  constructor(locks = new FakeLocks()) {
    this.#locks = locks;
  }

  async open(key = 'tenant:t:alice') {
    const air = this.#airs.get(key) ?? new FakeAir();
    this.#airs.set(key, air);
    const tab = { states: [], events: [], ready: 0, stream: null, opened: 0 };
    tab.shared = new SharedStream({
      clock: this.clock,
      election: (events) => new Election(this.#locks, `sdkchat-live:${key}`, events),
      channel: (onMessage) => (tab.channel = air.channel(onMessage)),
      stream: (listener) => (tab.stream = {
        listener, start: () => { tab.opened++; listener.onState('connecting'); }, stop: () => { tab.stream = null; }, hurry: () => {},
      }),
      listener: {
        onState: (state) => tab.states.push(state), onReady: () => tab.ready++, onEvent: (name, data) => tab.events.push([name, data]),
      },
    });
    tab.shared.start();
    await settle();
    return tab;
  }
}

const goLive = async (tab) => {
  tab.stream.listener.onState('live');
  tab.stream.listener.onReady();
  await settle();
};

test('many tabs hold one stream, and all hear it', async () => {
  const browser = new Browser();
  const tabs = [await browser.open(), await browser.open(), await browser.open()];
  await goLive(tabs[0]);
  tabs[0].stream.listener.onEvent('chat_completed', '{"chat_id":"a"}');
  await settle();
  assert.deepEqual(tabs.map((tab) => tab.opened), [1, 0, 0]);
  for (const tab of tabs) assert.deepEqual(tab.events, [['chat_completed', '{"chat_id":"a"}']]);
  assert.deepEqual(tabs.map((tab) => tab.states.at(-1)), ['live', 'shared', 'shared']);
  assert.deepEqual(tabs.map((tab) => tab.ready), [1, 1, 1]);
});

test('a tab that comes later learns how it stands', async () => {
  const browser = new Browser();
  await goLive(await browser.open());
  assert.equal((await browser.open()).states.at(-1), 'shared');
});

test('a follower is as badly off as its leader', async () => {
  const browser = new Browser();
  const leader = await browser.open();
  const follower = await browser.open();
  await goLive(leader);
  for (const state of ['reconnecting', 'too-many', 'signed-out']) {
    leader.stream.listener.onState(state);
    await settle();
    assert.equal(follower.states.at(-1), state);
  }
});

test('when the leader goes, exactly one follower takes over, and reads again', async () => {
  const browser = new Browser();
  const tabs = [await browser.open(), await browser.open(), await browser.open()];
  await goLive(tabs[0]);
  tabs[0].shared.stop();
  await settle();
  assert.deepEqual(tabs.map((tab) => tab.opened), [1, 1, 0]);
  await goLive(tabs[1]);
  assert.equal(tabs[1].states.at(-1), 'live');
  assert.equal(tabs[1].ready, 2);
  assert.equal(tabs[2].ready, 2, 'the gap was the others\' as well');
});

test('a tab that waits and is closed never leads', async () => {
  const browser = new Browser();
  const [leader, waiting] = [await browser.open(), await browser.open()];
  waiting.shared.stop();
  leader.shared.stop();
  await settle();
  assert.equal(waiting.opened, 0);
});

test('two sign-ins in one browser do not hear each other', async () => {
  const browser = new Browser();
  const alice = await browser.open('tenant:a:alice');
  const bob = await browser.open('tenant:b:bob');
  assert.equal(bob.opened, 1, 'each has a stream of its own');
  await goLive(alice);
  alice.stream.listener.onEvent('chat_completed', 'secret');
  await settle();
  assert.deepEqual(bob.events, []);
  assert.equal(bob.ready, 0);
});

test('a leader that hangs loses the lead, and follows when it wakes up', async () => {
  const browser = new Browser();
  const [hung, follower] = [await browser.open(), await browser.open()];
  await goLive(hung);
  hung.channel.heard = () => {}; // it answers nothing any more
  await browser.clock.pass(65_000);
  assert.equal(follower.opened, 0, 'it is asked first');
  await browser.clock.pass(5_000);
  assert.equal(follower.opened, 1);
  assert.equal(hung.stream, null);
});

test('a leader that answers keeps the lead, however quiet the shop', async () => {
  const browser = new Browser();
  const [leader, follower] = [await browser.open(), await browser.open()];
  await goLive(leader);
  await browser.clock.pass(600_000);
  assert.equal(follower.opened, 0);
});

test('where Web Locks refuse, every tab has a stream of its own', async () => {
  const browser = new Browser({ request: async () => { throw new DOMException('The operation is insecure.', 'SecurityError'); } });
  const tabs = [await browser.open(), await browser.open()];
  for (const tab of tabs) {
    await goLive(tab);
    assert.equal(tab.opened, 1);
    assert.equal(tab.states.at(-1), 'live');
  }
});

test('a tab that stops before its lock is refused never leads', async () => {
  let refuse;
  const browser = new Browser({
    request: () => new Promise((_, reject) => { refuse = () => reject(new DOMException('insecure', 'SecurityError')); }),
  });
  const tab = await browser.open();
  tab.shared.stop();
  refuse();
  await settle();
  assert.equal(tab.opened, 0);
});

test('without Web Locks every tab has a stream of its own', async () => {
  const browser = new Browser(null);
  const tab = await browser.open();
  await goLive(tab);
  assert.equal(tab.opened, 1);
  assert.equal(tab.states.at(-1), 'live');
});
