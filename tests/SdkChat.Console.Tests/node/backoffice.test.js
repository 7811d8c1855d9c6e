import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './console/api/client.js';
import { Operations } from './console/api/operations.js';
import { placeOf, readPlace } from './console/app/backoffice-route.js';
import { callsOf, foldReads } from './console/state/audit.js';
import { isFailing, isLate, sorted } from './console/state/fleet.js';
import { Tenants } from './console/state/tenants.js';

const ID = '01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02';
const OTHER = '01970b6e-6a64-7c11-9d5e-3f1f2b6a9c03';

test('an address is read back, and what is none opens the tenants', () => {
  assert.deepEqual([readPlace('').section, readPlace('#/nowhere').section, readPlace('#/streams/').section],
    ['tenants', 'tenants', 'streams']);
  const place = readPlace(placeOf('audit', { subject: 'a b&c', action: '' }, { page: 2 }));
  assert.deepEqual([place.section, place.query.get('subject'), place.query.has('action'), place.page], ['audit', 'a b&c', false, 2]);
  assert.deepEqual([readPlace(placeOf('tenants', {}, { id: ID })).id, readPlace('#/tenants/x').id, readPlace('#/tenants?page=-1').page],
    [ID, null, 0]);
});

test('background reads of one caller are folded, all else stands by itself', () => {
  const entry = (action, more = {}) => ({ action, subject: 'a', caller: 'backoffice', status: 200, count: 1, target_id: null, ...more });
  const groups = foldReads([
    entry('list_chats', { count: 300 }), entry('count_chats'), entry('read_chat', { target_id: ID }),
    entry('list_streams', { subject: 'b' }), entry('list_streams'),
    entry('list_chats', { status: 403 }), entry('update_tenant'),
  ]);

  assert.deepEqual(groups.map(({ rows, folded }) => [rows.length, folded]),
    [[2, true], [1, false], [1, true], [1, true], [1, false], [1, false]]);
  assert.equal(callsOf(groups[0]), 301);
});

test('tenants that a page does not know are asked for together and once', async () => {
  const asked = [];
  let learned = 0;
  const tenants = new Tenants(async (ids) => {
    asked.push(ids);
    return [{ tenant_id: ID, code: 'demo', name: 'Demo', enabled: true }];
  }, () => { learned++; });

  assert.deepEqual([tenants.code(ID), tenants.code(OTHER), tenants.code(ID)], ['6a9c02', '6a9c03', '6a9c02']);
  await new Promise((resolve) => { setImmediate(resolve); });

  assert.deepEqual([tenants.code(ID), tenants.code(OTHER)], ['demo', '6a9c03']);
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.deepEqual([asked, learned], [[[ID, OTHER]], 1]);
});

test('tenants that could not be read are asked for again', async () => {
  let calls = 0;
  const tenants = new Tenants(async () => {
    calls++;
    throw new Error('503');
  }, () => {});
  for (let time = 0; time < 2; time++) {
    tenants.get(ID);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  assert.equal(calls, 2);
});

test('trouble is marked from five per cent and five minutes on', () => {
  const row = (chats, failed, since) => ({ chats, failed, waiting_since: since });
  assert.deepEqual([isFailing(row(100, 5)), isFailing(row(100, 4)), isFailing(row(0, 0))], [true, false, false]);
  const now = Date.parse('2026-04-23T05:30:00Z');
  assert.deepEqual(['2026-04-23T05:24:00Z', '2026-04-23T05:26:00Z', null].map((since) => isLate(row(1, 0, since), now)),
    [true, false, false]);
});

test('tenants are compared by chats, share of failures or slowness', () => {
  const group = (code, started, error, p95) => ({ tenant_code: code, total: { started, error, answer_ms: { p95 } } });
  const groups = [group('a', 10, 5, null), group('b', 100, 10, 900), group('c', 50, 1, 4000)];
  const codes = (by) => sorted(groups, by).map((one) => one.tenant_code).join('');
  assert.deepEqual(['chats', 'failed', 'p95', 'nothing'].map(codes), ['bca', 'abc', 'cba', 'bca']);
});

test('a tenant is found by its whole code', async () => {
  const operations = new Operations(new Client(async () => new Response(JSON.stringify({
    data: { items: [{ code: 'shop-10' }, { code: 'shop-1', tenant_id: ID }] },
  }))));
  assert.equal((await operations.tenant('Shop-1'))?.tenant_id, ID);
  assert.equal(await operations.tenant('shop'), null);
});

test('a refusal says which field is wrong', async () => {
  const client = new Client(async () => new Response(
    '{"success":false,"code":"VALIDATION_FAILED","message":"m","errors":{"until":["must lie in the future."]}}', { status: 400 }));
  await assert.rejects(client.get('/x'), (problem) => problem.details.join() === 'until must lie in the future.');
});
