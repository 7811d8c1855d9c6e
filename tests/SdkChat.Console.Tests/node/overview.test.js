import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatsReader } from './console/api/stats.js';
import { Problem } from './console/api/problem.js';
import { instantsOf, overviewHash, readPlan, SPANS, todayAndWeekAgo, unitsOf } from './console/app/overview-route.js';
import { barsOf, lineOf, scaleTop } from './console/state/chart.js';
import { OVERVIEW_GAP, OverviewReader, SLOW_GAP } from './console/state/overview.js';
import { FakeClock, FakeFrames, pageOf, row, settle } from './fakes.js';

const SHOPPER = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90';
const NOW = new Date(2026, 2, 10, 15, 30);
const at = (...parts) => new Date(2026, ...parts).toISOString();

test('the address keeps the range and its bars; what it cannot mean is the usual', () => {
  for (const span of SPANS) for (const unit of unitsOf(span)) for (const profileId of ['', SHOPPER]) {
    assert.deepEqual(readPlan(overviewHash({ span, unit, profileId })), { span, unit, profileId });
  }
  for (const hash of ['#/overview', '#/overview?profile=1', '#/overview?time=never', '#/overview?per=week', '']) {
    assert.deepEqual(readPlan(hash), { span: '7d', unit: 'day', profileId: '' });
  }
  assert.deepEqual(readPlan('#/overview?time=365d&per=hour'), { span: '365d', unit: 'week', profileId: '' }, 'a year has too many hours');
});

test('ranges are whole days of the reader, and today is compared with as much of the same day a week ago', () => {
  assert.deepEqual(instantsOf('today', NOW), { from: at(2, 10) });
  assert.deepEqual(instantsOf('yesterday', NOW), { from: at(2, 9), to: at(2, 10) });
  assert.deepEqual(instantsOf('30d', NOW), { from: at(1, 9) });
  assert.deepEqual(todayAndWeekAgo(NOW), { today: { from: at(2, 10) }, weekAgo: { from: at(2, 3), to: at(2, 3, 15, 30) } });
});

test('bars stand on each other and fill the scale', () => {
  assert.deepEqual([0, 3, 9, 11, 112, 999, 1001].map((most) => scaleTop(most)), [2, 4, 10, 12, 120, 1000, 1200]);
  const bars = barsOf([[1, 0, 3], [4, 0, 0]], 4);
  assert.deepEqual(bars.map(({ part, y, height }) => [part, y, height]), [[0, 75, 25], [2, 0, 75], [0, 0, 100]]);
});

test('a line stops where there is no value, and one value alone is seen', () => {
  assert.equal(lineOf([1, 2, null, 2, null], 2), 'M10 50L30 0M70 0h4');
  assert.equal(lineOf([null, null], 2), '');
});

/** A service that counts what it is asked. */
function service(fails = () => null) {
  const asked = { waiting: 0, stats: [] };
  return {
    asked,
    waiting: async () => { asked.waiting++; return { count: 1, oldest: row('a') }; },
    stats: async (range, bucket) => {
      asked.stats.push([range.from, bucket].join(' '));
      const problem = fails();
      if (problem) throw problem;
      return { buckets: [], range, bucket };
    },
  };
}

/** @param {any} stats */
function readerOf(stats, problems = []) {
  const clock = new FakeClock();
  const frames = new FakeFrames();
  const reader = new OverviewReader({
    stats, clock, frame: frames.frame, now: () => NOW, plan: { span: '7d', unit: 'day', profileId: '' },
    onProblem: (problem) => problems.push(problem.status),
  });
  return { clock, reader };
}

test('many events are one read, and what changes little is read once a minute', async () => {
  const stats = service();
  const { clock, reader } = readerOf(stats);
  for (let n = 0; n < 1000; n++) reader.refresh();
  await settle();
  assert.equal(stats.asked.waiting, 1);
  assert.deepEqual(stats.asked.stats, [`${at(2, 10)} day`, `${at(2, 3)} day`, `${at(2, 4)} day`]);
  await clock.pass(OVERVIEW_GAP);
  assert.equal(stats.asked.waiting, 2);
  assert.equal(stats.asked.stats.length, 4, 'today alone');
  await clock.pass(SLOW_GAP);
  reader.refresh();
  await settle();
  assert.equal(stats.asked.stats.length, 7);
});

test('another range shows nothing of the one before, and a late answer does not come back', async () => {
  const stats = service();
  const { reader } = readerOf(stats);
  reader.refresh();
  await settle();
  const answers = [];
  stats.stats = (range, bucket) => new Promise((resolve) => { answers.push(() => resolve({ range, bucket })); });
  void reader.show({ span: 'today', unit: 'hour', profileId: '' });
  assert.equal(reader.overview.value.range, null);
  void reader.show({ span: '30d', unit: 'week', profileId: '' });
  answers[1]();
  answers[0]();
  await settle();
  assert.deepEqual([reader.overview.value.range.range.from, reader.overview.value.range.bucket], [at(1, 9), 'week']);
});

test('a shopper is asked for, and nothing of all shoppers is shown for that one', async () => {
  const stats = service();
  const { clock, reader } = readerOf(stats);
  reader.refresh();
  await settle();
  const asked = [];
  stats.stats = async (range, bucket, profileId) => { asked.push(profileId); return { range, bucket }; };
  stats.waiting = async (profileId) => { asked.push(profileId); return { count: 0, oldest: null }; };
  void reader.show({ span: '7d', unit: 'day', profileId: SHOPPER });
  assert.deepEqual([reader.overview.value.today, reader.overview.value.waiting, reader.overview.value.range], [null, null, null]);
  await clock.pass(OVERVIEW_GAP);
  assert.deepEqual(asked, [SHOPPER, SHOPPER, SHOPPER, SHOPPER]);
  assert.ok(reader.overview.value.range);
});

test('a failure keeps the numbers, and a refusal takes them away', async () => {
  let problem = null;
  const problems = [];
  const { clock, reader } = readerOf(service(() => problem), problems);
  reader.refresh();
  await settle();
  problem = new Problem(503, 'UNAVAILABLE');
  await clock.pass(OVERVIEW_GAP);
  reader.refresh();
  await settle();
  assert.equal(reader.overview.value.problem.status, 503);
  assert.ok(reader.overview.value.today);
  problem = new Problem(403, 'FORBIDDEN');
  await clock.pass(OVERVIEW_GAP);
  reader.refresh();
  await settle();
  assert.deepEqual([reader.overview.value.today, reader.overview.value.range, reader.overview.value.waiting], [null, null, null]);
  assert.deepEqual(problems, [503, 403]);
});

test('the longest waiting is the last row of the last page', async () => {
  const pages = {
    '/new': { data: pageOf([row('young')], 3), links: { last: '/last' } },
    '/last': { data: pageOf([row('old')], 3), links: {} },
  };
  const reader = new StatsReader(null, { newest: () => '/new', page: async (url) => pages[url] });
  assert.deepEqual(await reader.waiting(), { count: 3, oldest: row('old') });
  pages['/new'] = { data: pageOf([], 0), links: {} };
  assert.deepEqual(await reader.waiting(), { count: 0, oldest: null });
});
