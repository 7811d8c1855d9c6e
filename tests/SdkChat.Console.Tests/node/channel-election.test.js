import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelElection } from './console/live/channel-election.js';
import { FakeAir, FakeClock, settle } from './fakes.js';

/** Tabs of a browser without locks; their numbers are given, the lowest wins. */
class Tabs {
  clock = new FakeClock();
  #air = new FakeAir();

  open(number) {
    const tab = { leads: false, elected: 0 };
    tab.election = new ChannelElection((onMessage) => (tab.channel = this.#air.channel(onMessage)), {
      onElected: () => { tab.leads = true; tab.elected++; },
      onDeposed: () => { tab.leads = false; tab.election.join(); },
    }, this.clock, () => number);
    tab.election.join();
    return tab;
  }
}

const leaders = (...tabs) => tabs.map((tab) => tab.leads);

test('the first tab leads, and those that come later follow', async () => {
  const tabs = new Tabs();
  const one = tabs.open(0.9);
  await tabs.clock.pass(600);
  const two = tabs.open(0.1);
  await tabs.clock.pass(600);
  assert.deepEqual(leaders(one, two), [true, false]);
});

test('of tabs that open at the same time one leads', async () => {
  const tabs = new Tabs();
  const all = [0.5, 0.2, 0.8, 0.3, 0.9, 0.4, 0.7].map((number) => tabs.open(number));
  await tabs.clock.pass(600);
  assert.deepEqual(all.map((tab) => tab.leads), [false, true, false, false, false, false, false]);
  assert.equal(tabs.clock.waiting, 0);
});

test('a leader that closes hands the lead on', async () => {
  const tabs = new Tabs();
  const one = tabs.open(0.1);
  await tabs.clock.pass(600);
  const [two, three] = [tabs.open(0.3), tabs.open(0.2)];
  await tabs.clock.pass(600);
  one.election.leave();
  await tabs.clock.pass(600);
  assert.deepEqual(leaders(two, three), [false, true]);
});

test('a leader that hangs loses the lead, and follows when it wakes', async () => {
  const tabs = new Tabs();
  const one = tabs.open(0.1);
  await tabs.clock.pass(600);
  const two = tabs.open(0.9);
  await tabs.clock.pass(600);
  two.election.seize();
  await settle();
  assert.deepEqual(leaders(one, two), [false, true]);
  await tabs.clock.pass(600);
  assert.deepEqual(leaders(one, two), [false, true]);
});

test('two that seize the lead at the same time agree', async () => {
  const tabs = new Tabs();
  const [one, two] = [tabs.open(0.1), tabs.open(0.9)];
  one.election.seize();
  two.election.seize();
  await tabs.clock.pass(2000);
  assert.equal(leaders(one, two).filter(Boolean).length, 1);
});

test('two leaders that did not hear of each other become one', async () => {
  const tabs = new Tabs();
  const one = tabs.open(0.5);
  await tabs.clock.pass(600);
  const two = tabs.open(0.1);
  const heard = two.channel.heard;
  two.channel.heard = () => {}; // as in a tab that was frozen
  await tabs.clock.pass(600);
  two.channel.heard = heard;
  const three = tabs.open(0.7);
  await tabs.clock.pass(2000);
  assert.deepEqual(leaders(one, two, three).filter(Boolean).length, 1);
});
