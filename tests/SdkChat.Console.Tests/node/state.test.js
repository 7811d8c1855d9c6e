import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Activity, MINUTES } from './console/state/activity.js';
import { LiveLog, readEvent } from './console/state/live-log.js';
import { Profiles } from './console/state/profiles.js';
import { Store } from './console/state/store.js';
import { FakeFrames, row } from './fakes.js';

const MINUTE = 60_000;
const UUID = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90';

test('ten thousand changes are drawn once a frame', () => {
  const frames = new FakeFrames();
  const store = new Store({ n: 0 }, frames.frame);
  const drawn = [];
  store.subscribe(({ n }) => drawn.push(n));
  for (let n = 1; n <= 10_000; n++) store.set({ n });
  frames.paint();
  frames.paint();
  assert.deepEqual(drawn, [10_000]);
});

test('the same value again draws nothing, and who has left is not told', () => {
  const frames = new FakeFrames();
  const value = { n: 0 };
  const store = new Store(value, frames.frame);
  let drawn = 0;
  const end = store.subscribe(() => drawn++);
  store.set(value);
  frames.paint();
  assert.equal(drawn, 0);
  store.patch({ n: 1 });
  end();
  frames.paint();
  assert.equal(drawn, 0);
});

test('events are counted by the minute, and the oldest fall out', () => {
  const activity = new Activity();
  const now = 1000 * MINUTE + 5;
  for (let n = 0; n < 3; n++) activity.happened(now);
  activity.happened(now - MINUTE);
  activity.happened(now - MINUTES * MINUTE);
  const minutes = activity.perMinute(now);
  assert.equal(minutes.length, MINUTES);
  assert.deepEqual(minutes.slice(-2), [1, 3]);
  assert.equal(minutes.reduce((sum, n) => sum + n, 0), 4);
});

test('each chat counts once, by its last status', () => {
  const activity = new Activity();
  assert.equal(activity.saw('a', 'in_progress'), true);
  assert.equal(activity.saw('a', 'in_progress'), false);
  assert.equal(activity.saw('a', 'completed'), true);
  assert.equal(activity.saw('a', 'in_progress'), false, 'a read that was overtaken');
  assert.deepEqual(activity.split(), { in_progress: 0, completed: 1, error: 0, ended: 0 });
});

test('what is remembered stays bounded', () => {
  const activity = new Activity();
  const log = new LiveLog();
  for (let n = 0; n < 20_000; n++) {
    activity.saw(`c${n}`, 'completed');
    activity.happened(n * MINUTE);
    log.add({ at: n, name: 'backlist_triggered', data: { chat_id: `c${n}`, profile_id: 'p' } });
    log.add({ at: n, name: 'chat_completed', data: { chat_id: 'busy', profile_id: 'p' } });
  }
  assert.equal(activity.split().completed, 5000);
  assert.equal(log.notices.length, 30);
  assert.equal(log.notices[0].data.chat_id, 'c19999');
  assert.equal(log.of('busy').length, 20);
  assert.equal(log.of('c1').length, 0);
});

test('an event that is none of ours is left alone', () => {
  for (const text of ['', 'null', '[]', '{', '{"chat_id":1,"profile_id":"p"}', '{"chat_id":"c"}']) assert.equal(readEvent(text), null);
  assert.deepEqual(readEvent('{"chat_id":"c","profile_id":"p","notification_items":"x"}')?.notification_items, []);
  assert.deepEqual(readEvent('{"chat_id":"c","profile_id":"p","notification_items":[1]}')?.notification_items, [1]);
});

test('a shopper is found by name or id, and two of one name are two', () => {
  const profiles = new Profiles();
  profiles.saw(row('a', { profile_id: UUID, profile_summary: { name: 'Sato' } }));
  profiles.saw(row('b', { profile_id: UUID.replace('f90', 'f91'), profile_summary: { name: 'Sato' } }));
  const [first, second] = profiles.labels;
  assert.notEqual(first, second);
  assert.equal(profiles.find(first), UUID);
  assert.equal(profiles.find(` ${UUID.toUpperCase()} `), UUID);
  assert.equal(profiles.find(''), '');
  assert.equal(profiles.find('Nobody'), null);
});
