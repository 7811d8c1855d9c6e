import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './console/api/client.js';
import { parseLinks } from './console/api/links.js';
import { Problem } from './console/api/problem.js';
import { COOKIE_NOT_KEPT, keyOf, Sessions } from './console/api/sessions.js';
import { Chats, daysOf, NO_FILTER, TENANT_CHATS } from './console/api/chats.js';
import { chatHash, hashOf, NEWEST, readRoute } from './console/app/route.js';

const answering = (status, body, headers = {}) => new Client(async () => new Response(body, { status, headers }));
const problemOf = (call) => call.then(() => assert.fail('it must fail'), (problem) => problem);

test('links are read by relation', () => {
  assert.deepEqual(parseLinks('</api/v1/sdk-chat?size=20&cursor=a,b>; rel="next", </api/v1/sdk-chat?size=20&cursor=c>; rel="first"'), {
    next: '/api/v1/sdk-chat?size=20&cursor=a,b', first: '/api/v1/sdk-chat?size=20&cursor=c',
  });
  assert.deepEqual(parseLinks(null), {});
});

test('links that lead elsewhere are not followed', () => {
  assert.deepEqual(parseLinks('<https://evil.example/>; rel="next", <//evil.example/>; rel="prev"'), {});
});

test('the envelope is taken apart', async () => {
  const { data, links } = await answering(200, '{"success":true,"data":{"n":1}}', { Link: '</x>; rel="next"' }).get('/x');
  assert.deepEqual([data, links], [{ n: 1 }, { next: '/x' }]);
});

test('a refusal carries its code and when to come back', async () => {
  const problem = await problemOf(answering(429, '{"success":false,"code":"TOO_MANY_STREAMS","message":"m"}',
    { 'Retry-After': '30' }).get('/x'));
  assert.deepEqual([problem.status, problem.code, problem.retryAfter], [429, 'TOO_MANY_STREAMS', 30]);
});

test('a proxy\'s page is a problem like any other', async () => {
  const problem = await problemOf(answering(502, '<html>Bad gateway</html>', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }).get('/x'));
  assert.deepEqual([problem.status, problem.code, problem.retryAfter], [502, '', null]);
});

test('no answer at all is status 0', async () => {
  const client = new Client(async () => { throw new TypeError('Failed to fetch'); });
  assert.equal((await problemOf(client.get('/x'))).status, 0);
});

test('an outage is what a later call does not meet; a refusal and a defect are none', () => {
  for (const status of [0, 502, 503, 504]) assert.equal(new Problem(status, '').isOutage, true, String(status));
  for (const status of [400, 401, 403, 404, 429, 500]) assert.equal(new Problem(status, 'X').isOutage, false, String(status));
});

test('two sign-ins never have one key', () => {
  const session = { kind: 'tenant', tenant_id: 'a', subject: 's' };
  assert.notEqual(keyOf(session), keyOf({ ...session, tenant_id: 'b' }));
  assert.notEqual(keyOf(session), keyOf({ ...session, subject: 't' }));
  assert.notEqual(keyOf(session), keyOf({ ...session, kind: 'backoffice' }));
});

test('an address leads to a chat, or to the list', () => {
  const id = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90';
  assert.deepEqual(readRoute(`#/chats/${id}`), { section: 'chats', chatId: id, view: NEWEST });
  assert.deepEqual(readRoute('#/chats/../../evil'), { section: 'chats', chatId: null, view: NEWEST });
  assert.deepEqual(readRoute(''), { section: 'chats', chatId: null, view: NEWEST });
  assert.deepEqual(readRoute('#/streams'), { section: 'streams', chatId: null, view: NEWEST });
});

test('an address keeps the whole view, and a chat opened beside it too', () => {
  const id = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90';
  const view = { filter: { q: '매운 ramen & 100%', profileId: id, tenantId: id, status: 'error', range: '7d', triggered: 'false' }, page: 9 };
  assert.deepEqual(readRoute(hashOf(null, view)), { section: 'chats', chatId: null, view });
  assert.deepEqual(readRoute(chatHash(id, hashOf(null, view))), { section: 'chats', chatId: id, view });
  assert.equal(hashOf(null, NEWEST), '#/chats');
});

test('what an address cannot mean is left out', () => {
  for (const query of [
    'status=broken', 'status=error,ended', 'time=never', 'time=2026-02-30', 'time=2026-13-01', 'q=', `q=${'x'.repeat(101)}`,
    'triggered=maybe', 'profile=1', 'tenant=<b>', 'page=0', 'page=-1', 'page=1e9', 'page=99999999', '%E0%A4%A',
  ]) {
    assert.deepEqual(readRoute(`#/chats?${query}`).view, NEWEST, query);
  }
});

test('days begin at the reader\'s midnight', () => {
  const now = new Date(2026, 2, 1, 15, 30);
  const at = (month, day) => new Date(2026, month, day).toISOString();
  assert.deepEqual(daysOf('today', now), { from: at(2, 1) });
  assert.deepEqual(daysOf('yesterday', now), { from: at(1, 28), to: at(2, 1) });
  assert.deepEqual(daysOf('7d', now), { from: at(1, 23) });
  assert.deepEqual(daysOf('2026-02-28', now), { from: at(1, 28), to: at(2, 1) });
  assert.deepEqual(daysOf('over-1m', now), { to: new Date(2026, 2, 1, 15, 29).toISOString() });
  assert.deepEqual(daysOf('', now), {});
});

test('a filter is asked of the service, and counts leave the status out', async () => {
  const asked = [];
  const chats = new Chats({ get: async (url) => { asked.push(url); return { data: {}, links: {} }; } }, TENANT_CHATS);
  const filter = { ...NO_FILTER, q: 'a b', profileId: 'p', status: 'error', triggered: 'true' };
  assert.equal(chats.newest(filter, 20), '/api/v1/sdk-chat?profile_id=p&status=error&triggered=true&q=a+b&size=20');
  assert.equal(chats.at(NO_FILTER, 2), '/api/v1/sdk-chat?page=2&size=20');
  await chats.counts(filter);
  assert.deepEqual(asked, ['/api/v1/sdk-chat/counts?profile_id=p&triggered=true&q=a+b']);
});

/** A service that knows the session only if the browser sends the cookie back. */
const signingIn = (keepsCookies) => new Sessions(new Client(async (_, { method }) => (method === 'POST' || keepsCookies
  ? new Response('{"success":true,"data":{"kind":"tenant"}}')
  : new Response('{"success":false,"code":"UNAUTHENTICATED"}', { status: 401 }))), '/console/session');

test('a sign-in is read back', async () => {
  assert.deepEqual(await signingIn(true).signIn('t'), { kind: 'tenant' });
});

test('a browser that drops the cookie is told apart from a bad token', async () => {
  const problem = await problemOf(signingIn(false).signIn('t'));
  assert.deepEqual([problem.status, problem.code], [401, COOKIE_NOT_KEPT]);
});
