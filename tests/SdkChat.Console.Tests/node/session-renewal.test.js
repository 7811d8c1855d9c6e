import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from './console/api/problem.js';
import { SessionRenewal } from './console/app/session-renewal.js';
import { providerReason } from './console/state/sign-in-reason.js';

const unauthenticated = () => { throw new Problem(401, 'UNAUTHENTICATED'); };
const due = { subject: 'a', renewal_due: true };
const fresh = { subject: 'a', renewal_due: false };
const codeOf = (promise) => promise.then(() => assert.fail('it must fail'), ({ status, code }) => `${status} ${code}`);

/** The service: what it says of the session, and what a renewal does. */
function service({ session, renew = () => fresh, renewable = true }) {
  const calls = [];
  return {
    calls,
    current: async () => { calls.push('current'); return session(calls); },
    renew: async () => { calls.push('renew'); return renew(); },
    provider: async () => { calls.push('provider'); return renewable === null ? null : { name: 'p', renewable }; },
  };
}

const renewal = (sessions, locks) => new SessionRenewal(sessions, 'x', locks);

test('a session that is not due is only read', async () => {
  const sessions = service({ session: () => fresh });
  assert.equal(await renewal(sessions).current(), fresh);
  assert.deepEqual(sessions.calls, ['current']);
});

test('a session that is due is renewed once, however many tabs see it', async () => {
  let queue = Promise.resolve();
  const locks = { request: (_, action) => (queue = queue.then(action)) };
  let isRenewed = false;
  const sessions = service({ session: () => (isRenewed ? fresh : due), renew: () => { isRenewed = true; return fresh; } });
  await Promise.all([renewal(sessions, locks).current(), renewal(sessions, locks).current()]);
  assert.equal(sessions.calls.filter((call) => call === 'renew').length, 1);
});

test('a session goes on when the provider is away, and ends when it refuses', async () => {
  const away = service({ session: () => due, renew: () => { throw new Problem(503, 'UNAVAILABLE'); } });
  assert.equal(await renewal(away).current(), due);
  assert.equal(await codeOf(renewal(service({ session: () => due, renew: unauthenticated })).current()), '401 SESSION_ENDED');
  assert.equal(await codeOf(renewal(service({
    session: () => due, renew: () => { throw new Problem(403, 'FORBIDDEN'); },
  })).current()), '401 FORBIDDEN');
});

test('an expired session is renewed where it can be', async () => {
  assert.equal(await renewal(service({ session: unauthenticated })).current(), fresh);
  const none = service({ session: unauthenticated, renewable: null });
  assert.equal(await codeOf(renewal(none).current()), '401 UNAUTHENTICATED');
  assert.deepEqual(none.calls, ['current', 'provider']);
});

test('a reason of the address is one of the known ones', () => {
  assert.equal(providerReason('FORBIDDEN', 'o')?.key, 'provider.role');
  assert.deepEqual([providerReason('constructor', 'o'), providerReason('<b>', 'o'), providerReason(null, 'o')], [null, null, null]);
});
