import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BrowserFeatures } from './console/app/browser-features.js';
import { FakeLocks } from './fakes.js';

const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };

class FakeCookies {
  #kept = new Map();

  get cookie() {
    return [...this.#kept].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  set cookie(text) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(text);
    if (text.includes('Max-Age=0')) this.#kept.delete(name);
    else this.#kept.set(name, value);
  }
}

/** A browser that has everything. */
function browser() {
  const kept = new Map();
  const addresses = [];
  return {
    kept, addresses, setTimeout: (run, wait) => setTimeout(run, wait).unref(),
    localStorage: {
      getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key),
    },
    BroadcastChannel: class { constructor(name) { this.name = name; } close() {} },
    EventSource: class {},
    navigator: { locks: new FakeLocks() },
    document: new FakeCookies(),
    location: { pathname: '/console', hash: '#/chats/1' },
    history: { state: null, replaceState: (_, __, url) => { if (url) addresses.push(url); } },
  };
}

/** How browsers refuse each feature: absent, a getter that throws, a call that throws or rejects. */
const REFUSALS = {
  storage: [
    (scope) => { delete scope.localStorage; },
    (scope) => Object.defineProperty(scope, 'localStorage', { get: refuse }), // Chromium and Firefox with cookies blocked
    (scope) => { scope.localStorage.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
  ],
  channels: [
    (scope) => { delete scope.BroadcastChannel; },
    (scope) => { scope.BroadcastChannel = class { constructor() { refuse(); } }; }, // Firefox with cookies blocked
  ],
  locks: [
    (scope) => { delete scope.navigator.locks; }, // plain http on another machine
    (scope) => Object.defineProperty(scope.navigator, 'locks', { get: refuse }),
    (scope) => { scope.navigator.locks.request = refuse; },
    (scope) => { scope.navigator.locks.request = async () => refuse(); }, // Firefox with cookies blocked
  ],
  streams: [(scope) => { delete scope.EventSource; }],
  history: [(scope) => { scope.history.replaceState = refuse; }], // Safari after a hundred calls
  cookies: [
    (scope) => { scope.document = { get cookie() { return ''; }, set cookie(_) {} }; }, // Chromium and Firefox with cookies blocked
    (scope) => { scope.document = { get cookie() { return refuse(); }, set cookie(_) { refuse(); } }; }, // a sandboxed frame
  ],
};

const tried = async (...changes) => {
  const scope = browser();
  for (const change of changes) change(scope);
  const features = new BrowserFeatures(scope);
  await features.try();
  return { scope, features };
};

test('a browser that has everything lacks nothing, and keeps no trace of the trial', async () => {
  const { scope, features } = await tried();
  assert.deepEqual(features.missing, []);
  assert.ok(features.canShare);
  assert.equal(features.locks, scope.navigator.locks);
  assert.equal(features.channel('a').name, 'a');
  assert.deepEqual([...scope.kept], []);
  assert.equal(scope.document.cookie, '');
  assert.deepEqual(scope.addresses, []);
});

for (const [feature, ways] of Object.entries(REFUSALS)) {
  for (const [number, way] of ways.entries()) {
    test(`without ${feature} (${number}) the page knows, and nothing throws`, async () => {
      const { features } = await tried(way);
      assert.deepEqual(features.missing, [feature]);
      assert.equal(features.canShare, feature !== 'locks' && feature !== 'channels');
      features.remember('a', 'b');
      assert.equal(features.recall('a'), feature === 'storage' ? null : 'b');
      assert.equal(features.channel('a') === null, feature === 'channels');
      assert.equal(features.locks === undefined, !features.canShare);
      features.forgetPlace();
    });
  }
}

test('without anything the page still runs', async () => {
  const { features } = await tried(...Object.values(REFUSALS).map((ways) => ways.at(-1)));
  assert.deepEqual(features.missing, ['channels', 'cookies', 'history', 'locks', 'storage', 'streams']);
});

test('a lock that is neither granted nor refused is none', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const scope = { ...browser(), setTimeout: (run, wait) => setTimeout(run, wait) };
  scope.navigator.locks.request = () => new Promise(() => {});
  const features = new BrowserFeatures(scope);
  const trial = features.try();
  t.mock.timers.tick(2_000);
  await trial;
  assert.deepEqual(features.missing, ['locks']);
});

test('a feature is tried once', async () => {
  let times = 0;
  const { features } = await tried((scope) => Object.defineProperty(scope, 'localStorage', { get: () => { times++; return refuse(); } }));
  features.recall('a');
  features.remember('a', 'b');
  assert.equal(times, 1);
});

test('the place in the page is forgotten, also where the address cannot be replaced', async () => {
  const well = await tried();
  well.features.forgetPlace();
  assert.deepEqual(well.scope.addresses, ['/console']);
  const without = await tried(REFUSALS.history[0]);
  without.features.forgetPlace();
  assert.equal(without.scope.location.hash, '');
});
