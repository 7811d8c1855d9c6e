import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './console/api/client.js';
import { Problem } from './console/api/problem.js';
import { COOKIE_NOT_KEPT, SECURE_COOKIE_NOT_KEPT, Sessions } from './console/api/sessions.js';
import { signInReason } from './console/state/sign-in-reason.js';

const now = Date.parse('2026-04-23T05:30:00Z');
const place = { origin: 'http://demo.example', isPlainHttp: true, keepsCookies: true, role: 'admin', now };
const token = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const reason = (status, code, text = token({}), more = {}) => signInReason(new Problem(status, code), text, { ...place, ...more });
const key = (...parts) => reason(...parts).key;

test('a token that is none, an SDK key and an expired token are told apart', () => {
  assert.equal(key(401, 'UNAUTHENTICATED', 'garbage'), 'sign-in.no-token');
  assert.equal(key(401, 'UNAUTHENTICATED', 'a.!.c'), 'sign-in.no-token');
  assert.equal(key(401, 'UNAUTHENTICATED', 'osk_demo_1'), 'sign-in.sdk-key');
  assert.deepEqual(reason(401, 'UNAUTHENTICATED', token({ exp: now / 1000 - 60 })), { key: 'sign-in.expired', at: now - 60_000 });
  assert.equal(key(0, '', 'töken'), 'sign-in.no-token');
});

test('a token of another issuer or audience says which', () => {
  const { key: found, args } = reason(401, 'UNAUTHENTICATED', token({ exp: now, iss: 'https://idp', aud: ['a', 'b'], sub: '김' }));
  assert.deepEqual([found, args], ['sign-in.refused-by', { issuer: 'https://idp', audience: 'a, b' }]);
  assert.equal(key(401, 'UNAUTHENTICATED', token({ sub: '김' })), 'sign-in.refused');
});

test('each refusal has its own words', () => {
  assert.deepEqual(
    ['FORBIDDEN', 'TENANT_MISMATCH', 'TENANT_DISABLED', 'BLOCKED', 'ORIGIN_NOT_ALLOWED', 'OTHER'].map((code) => key(403, code)),
    ['sign-in.role', 'sign-in.host', 'sign-in.disabled', 'sign-in.blocked', 'sign-in.origin', 'sign-in.forbidden']);
  assert.deepEqual([key(400, ''), key(429, ''), key(503, ''), key(0, ''), key(500, '')],
    ['sign-in.too-long', 'sign-in.too-many', 'error.unavailable', 'error.unreachable', 'error.unknown']);
});

test('a cookie that was not kept was blocked, or is for HTTPS alone', () => {
  assert.equal(key(401, SECURE_COOKIE_NOT_KEPT), 'sign-in.secure-cookie');
  assert.equal(key(401, SECURE_COOKIE_NOT_KEPT, 'x', { keepsCookies: false }), 'sign-in.no-cookies');
  assert.equal(key(401, SECURE_COOKIE_NOT_KEPT, 'x', { isPlainHttp: false }), 'sign-in.no-cookies');
  assert.equal(key(401, COOKIE_NOT_KEPT), 'sign-in.no-cookies');
});

test('a cookie that is for HTTPS alone is known by a service that is not in Development', async () => {
  for (const [development, code] of [[false, SECURE_COOKIE_NOT_KEPT], [true, COOKIE_NOT_KEPT]]) {
    const client = new Client(async (_, { method }) => (method === 'POST'
      ? new Response(JSON.stringify({ data: { development } }))
      : new Response('', { status: 401 })));
    await assert.rejects(new Sessions(client, '/console/session').signIn('x'), { code });
  }
});
