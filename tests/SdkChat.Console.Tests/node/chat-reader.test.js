import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_FILTER } from './console/api/chats.js';
import { Problem } from './console/api/problem.js';
import { ChatReader } from './console/state/chat-reader.js';
import { FakeClock, FakeFrames, pageOf, row, settle } from './fakes.js';

function setUp(answer = (url) => ({ data: pageOf([row(url)]), links: {} })) {
  const clock = new FakeClock();
  const asked = [];
  const problems = [];
  const reader = new ChatReader({
    clock, frame: new FakeFrames().frame, onProblem: (problem) => problems.push(problem), onRead: () => {},
    chats: {
      newest: (filter, size) => `newest?${filter.profileId}&${size}`,
      at: (filter, page) => `at?${filter.profileId}&${page}`,
      page: async (url) => { asked.push(url); return answer(url, asked.length); },
    },
  });
  return { reader, clock, asked, problems };
}

const LINKED = (url) => ({
  data: pageOf([row(url)], 50, url === 'two' ? 1 : 0), links: url === 'two' ? { prev: 'one', next: 'three' } : { next: 'two' },
});

test('a thousand events are a handful of reads', async () => {
  const { reader, clock, asked } = setUp();
  await reader.first();
  for (let n = 0; n < 1000; n++) {
    reader.completed(`chat-${n}`);
    reader.refresh();
    await clock.pass(2);
  }
  await clock.pass(5000);
  assert.ok(asked.length <= 5, `${asked.length} reads`);
});

test('pages are turned by the links of the page that is shown', async () => {
  const { reader, asked } = setUp(LINKED);
  await reader.first();
  await reader.next();
  assert.equal(reader.isNewest, false);
  await reader.previous();
  assert.deepEqual(asked.slice(1), ['two', 'one']);
});

test('a page is turned when it is shown, also where a refresh has overtaken its read', async () => {
  let second = 0;
  let show = () => {};
  const slow = new Promise((resolve) => { show = () => resolve(null); });
  const { reader, clock } = setUp((url) => (url === 'two' && ++second === 2 ? slow.then(() => LINKED(url)) : LINKED(url)));
  await reader.first();
  let index = -1;
  const turning = reader.next().then(() => { index = reader.page.value.index; });
  reader.refresh();
  await clock.pass(2000);
  show();
  await turning;
  assert.deepEqual([second, index], [2, 1]);
});

test('paged back to the beginning, the list is live again', async () => {
  const { reader, clock, asked } = setUp(LINKED);
  await reader.first();
  await reader.next();
  await reader.previous();
  assert.equal(reader.isNewest, true);
  reader.refresh();
  await clock.pass(2000);
  assert.equal(asked.at(-1), 'newest?&20');
});

test('without a link nothing is turned', async () => {
  const { reader, asked } = setUp();
  await reader.first();
  await reader.next();
  await reader.previous();
  assert.equal(asked.length, 1);
});

test('on another page, that page is read again, and what came since is counted', async () => {
  let total = 50;
  const { reader, clock, asked } = setUp((url) => ({ ...LINKED(url), data: pageOf([row(url)], total, 1) }));
  await reader.first();
  await reader.next();
  total = 53;
  reader.refresh();
  await clock.pass(2000);
  assert.equal(asked.at(-1), 'two');
  assert.equal(reader.page.value.held, 3);
  assert.equal(reader.page.value.rows[0].chat_id, 'two');
});

test('scrolled down, as much is read again as was pushed down', async () => {
  let total = 20;
  const { reader, clock, asked } = setUp(() => ({ data: pageOf([row('a')], total), links: {} }));
  await reader.first();
  reader.isAtTop = false;
  total = 35;
  reader.refresh();
  await clock.pass(2000);
  reader.refresh();
  await clock.pass(2000);
  assert.deepEqual(asked.slice(1), ['newest?&40', 'newest?&55']);
  assert.equal(reader.page.value.held, 15);
});

test('an answer that was overtaken is dropped', async () => {
  const late = [];
  const { reader } = setUp((url) => new Promise((resolve) => late.push(() => resolve({ data: pageOf([row(url)]), links: {} }))));
  const first = reader.first();
  const second = reader.show({ ...NO_FILTER, profileId: 'p' }, 0);
  late[1]();
  await second;
  late[0]();
  await first;
  assert.equal(reader.page.value.rows[0].chat_id, 'newest?p&20');
});

test('a failure is told, and the next read heals it', async () => {
  let broken = true;
  const { reader, clock, problems } = setUp((url) => {
    if (broken) throw new Problem(503, 'UNAVAILABLE');
    return { data: pageOf([row(url)]), links: {} };
  });
  await reader.first();
  assert.equal(reader.page.value.phase, 'failed');
  assert.equal(problems.length, 1);
  broken = false;
  reader.refresh();
  await clock.pass(2000);
  assert.equal(reader.page.value.phase, 'ready');
  assert.equal(reader.page.value.problem, null);
});

test('stopped, nothing that is under way arrives', async () => {
  let answer;
  const { reader } = setUp(() => new Promise((resolve) => { answer = resolve; }));
  const first = reader.first();
  reader.stop();
  answer({ data: pageOf([row('secret')]), links: {} });
  await first;
  await settle();
  assert.deepEqual(reader.page.value.rows, []);
});

test('a page of the address is read by its number, and kept while new chats come', async () => {
  const { reader, clock, asked } = setUp((url) => ({ data: pageOf([row(url)], 90, 3), links: { prev: 'newer' } }));
  await reader.show({ ...NO_FILTER, profileId: 'p' }, 3);
  reader.refresh();
  await clock.pass(2000);
  assert.deepEqual(asked, ['at?p&3', 'at?p&3']);
});
