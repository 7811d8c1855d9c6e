import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readShopper, shopperPageHash } from './console/app/shopper-route.js';
import { readPlace } from './console/app/backoffice-route.js';
import { readRoute } from './console/app/route.js';
import { ShopperReader } from './console/state/shopper-reader.js';
import { FakeClock, FakeFrames } from './fakes.js';

const ID = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90';
const OTHER = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f91';

function setUp(find = async (id) => ({ profile_id: id })) {
  const clock = new FakeClock();
  const frames = new FakeFrames();
  const problems = [];
  const pages = [];
  const reader = new ShopperReader({
    clock, frame: frames.frame, onProblem: (problem) => problems.push(problem), shoppers: { find },
    chats: {
      at: ({ profileId }, page) => `${profileId} ${page}`,
      page: async (url) => { pages.push(url); return { data: { items: [], total: 0, page: 0, size: 20 } }; },
      counts: async () => ({ total: 3 }),
    },
  });
  return { reader, clock, problems, pages };
}

test('the address names a shopper and a page of the chats', () => {
  assert.deepEqual(readShopper(`#/shoppers/${ID}`), { id: ID, page: 0 });
  assert.deepEqual(readShopper(shopperPageHash(ID, 2)), { id: ID, page: 2 });
  for (const hash of ['', '#/shoppers', '#/shoppers/nobody', `#/chats/${ID}`]) assert.equal(readShopper(hash), null);
  assert.equal(readRoute(`#/shoppers/${ID}`).section, 'shoppers');
  assert.equal(readPlace(`#/shoppers/${ID}`).section, 'shoppers');
});

test('a shopper is shown with totals and chats; another page reads only that shopper', async () => {
  const { reader, pages } = setUp();
  await reader.show({ id: ID, page: 0 });
  assert.deepEqual([reader.open.value.shopper, reader.open.value.counts], [{ profile_id: ID }, { total: 3 }]);
  const turned = reader.show({ id: ID, page: 1 });
  assert.deepEqual([reader.open.value.shopper, reader.open.value.chats], [{ profile_id: ID }, null], 'who it is stays');
  await turned;
  assert.deepEqual(pages, [`${ID} 0`, `${ID} 1`]);
});

test('an answer about the shopper before is not shown as the present one', async () => {
  const answers = new Map();
  const { reader } = setUp((id) => new Promise((resolve) => answers.set(id, resolve)));
  const first = reader.show({ id: ID, page: 0 });
  const second = reader.show({ id: OTHER, page: 0 });
  answers.get(OTHER)({ profile_id: OTHER });
  await second;
  answers.get(ID)({ profile_id: ID });
  await first;
  assert.equal(reader.open.value.shopper.profile_id, OTHER);
});

test('an outage keeps what was read; a shopper that was erased takes it away', async () => {
  let status = 0;
  const { reader, clock, problems } = setUp(async (id) => {
    if (status) throw Object.assign(new (await import('./console/api/problem.js')).Problem(status, 'X', '', null, []));
    return { profile_id: id };
  });
  await reader.show({ id: ID, page: 0 });
  for (const [next, kept] of [[503, ID], [404, undefined]]) {
    status = next;
    reader.refresh();
    await clock.pass(10_000);
    assert.equal(reader.open.value.shopper?.profile_id, kept);
    assert.equal(reader.open.value.problem.status, next);
  }
  assert.equal(problems.length, 2);
});

test('events of other shoppers read nothing', async () => {
  const { reader, clock, pages } = setUp();
  await reader.show({ id: ID, page: 0 });
  reader.refresh(OTHER);
  await clock.pass(10_000);
  assert.equal(pages.length, 1);
  reader.refresh(ID);
  await clock.pass(10_000);
  assert.equal(pages.length, 2);
});
