import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlertSettingsStore, USUAL } from './console/state/alert-settings.js';
import { AlertWatch, WATCH_EVERY } from './console/state/alert-watch.js';
import { FakeClock, row } from './fakes.js';

/** A browser that remembers. */
const storage = (kept = {}) => ({ kept, recall: (key) => kept[key] ?? null, remember: (key, value) => { kept[key] = value; } });

test('settings are kept, and one that stores nothing keeps them until the page is closed', () => {
  const browser = storage();
  new AlertSettingsStore(browser).change({ waiting: true, waitingSeconds: 90 });
  assert.deepEqual(new AlertSettingsStore(browser).value, { ...USUAL, waiting: true, waitingSeconds: 90 });
  const forgetful = new AlertSettingsStore({ recall: () => null, remember: () => {} });
  forgetful.change({ on: false });
  assert.equal(forgetful.value.on, false);
});

test('what is stored and no setting is the usual; the switch of before still counts', () => {
  for (const stored of ['{', 'null', '[]', '{"on":"no","waitingSeconds":-1,"ratePercent":"x","more":1}', '{"waitingSeconds":null}']) {
    assert.deepEqual(new AlertSettingsStore(storage({ 'sdkchat.alerts': stored })).value, USUAL, stored);
  }
  assert.equal(new AlertSettingsStore(storage({ 'sdkchat.toasts': 'off' })).value.on, false);
});

/** A service, and what is announced of it. */
function watching(settings) {
  const [clock, told] = [new FakeClock(), []];
  const service = { waiting: [], total: 0, error: 0, asked: 0, fails: null };
  const source = {
    waitingLonger: async () => {
      service.asked++;
      if (service.fails) throw service.fails;
      return { total: service.waiting.length, newest: service.waiting[0] ?? null };
    },
    recent: async () => { service.asked++; return { total: service.total, error: service.error }; },
  };
  const watch = new AlertWatch(source, () => ({ ...USUAL, ...settings }), {
    onWaiting: (chat, total) => told.push(`${chat.chat_id} of ${total}`), onRate: (share) => told.push(share),
    onProblem: (problem) => told.push(problem.message),
  }, clock);
  watch.start();
  return { clock, told, service, watch };
}

test('a chat that waits is announced once, and each one more', async () => {
  const { clock, told, service } = watching({ waiting: true });
  service.waiting = [row('a')];
  await clock.pass(3 * WATCH_EVERY);
  service.waiting = [row('b'), row('a')];
  await clock.pass(WATCH_EVERY);
  service.waiting = [row('a')];
  await clock.pass(WATCH_EVERY);
  assert.deepEqual(told, ['a of 1', 'b of 2']);
});

test('a share of failures is announced when it is reached, and again only after it was lower', async () => {
  const { clock, told, service } = watching({ rate: true, ratePercent: 20 });
  for (const [error, total] of [[9, 9], [1, 10], [2, 10], [5, 10], [1, 10], [3, 10]]) {
    Object.assign(service, { error, total });
    await clock.pass(WATCH_EVERY);
  }
  assert.deepEqual(told, [0.2, 0.3]);
});

test('nothing is asked where no rule needs it, and nothing is said after the end', async () => {
  const quiet = watching({});
  const off = watching({ on: false, waiting: true, rate: true });
  await quiet.clock.pass(3 * WATCH_EVERY);
  await off.clock.pass(3 * WATCH_EVERY);
  assert.deepEqual([quiet.service.asked, off.service.asked], [0, 0]);

  const ended = watching({ waiting: true });
  ended.service.waiting = [row('a')];
  const checking = ended.watch.check();
  ended.watch.stop();
  await checking;
  await ended.clock.pass(3 * WATCH_EVERY);
  assert.deepEqual([ended.told, ended.service.asked, ended.clock.waiting], [[], 1, 0]);
});

test('a failed look is a problem, and the next one follows', async () => {
  const { clock, told, service } = watching({ waiting: true });
  service.fails = new Error('away');
  await clock.pass(WATCH_EVERY);
  service.fails = null;
  service.waiting = [row('a')];
  await clock.pass(WATCH_EVERY);
  assert.deepEqual(told, ['away', 'a of 1']);
});
