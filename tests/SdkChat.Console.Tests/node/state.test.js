import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveLog, readEvent } from './console/state/live-log.js';
import { Profiles } from './console/state/profiles.js';
import { Store } from './console/state/store.js';
import { FakeFrames, row } from './fakes.js';

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

test('what is remembered stays bounded', () => {
  const log = new LiveLog();
  for (let n = 0; n < 20_000; n++) {
    log.add({ at: n, name: 'backlist_triggered', data: { chat_id: `c${n}`, profile_id: 'p' } });
    log.add({ at: n, name: 'chat_completed', data: { chat_id: 'busy', profile_id: 'p' } });
  }
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

const SECOND = UUID.replace('f90', 'f91');

/** Two shoppers of one name, and one of another. */
function shoppers() {
  const profiles = new Profiles();
  profiles.saw(row('a', { profile_id: UUID, profile_summary: { name: 'Sato' } }));
  profiles.saw(row('b', { profile_id: SECOND, profile_summary: { name: 'Sato' } }));
  profiles.saw(row('c', { profile_id: 'jun', profile_summary: { name: 'Lee Jun' } }));
  profiles.saw(row('d', { profile_id: 'nameless', profile_summary: null }));
  return profiles;
}

test('two shoppers of one name are two, each found by its label', () => {
  const profiles = shoppers();
  assert.notEqual(profiles.label(UUID), profiles.label(SECOND));
  assert.equal(profiles.find(profiles.label(SECOND).toUpperCase()), SECOND);
});

test('a name alone is left to the service, and an id that was seen is a shopper', () => {
  for (const text of ['Sato', 'lee', 'Nobody', '', UUID.replace('f90', 'f99')]) assert.equal(shoppers().find(text), null, text);
  assert.equal(shoppers().find(` ${UUID.toUpperCase()} `), UUID);
  assert.equal(shoppers().name('jun'), 'Lee Jun');
  assert.equal(shoppers().name('nameless'), '');
});
