import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, exact, languageName, listed, price, relative } from './console/i18n/format.js';
import { i18n } from './console/i18n/i18n.js';

const NOW = Date.parse('2026-04-23T12:00:00Z');
const before = (seconds) => relative(NOW - seconds * 1000, NOW);

test('relative times say what a person would', () => {
  i18n.use('en');
  assert.equal(before(0), 'now');
  assert.equal(before(9), 'now');
  assert.equal(before(25), '20 seconds ago');
  assert.equal(before(59), '50 seconds ago');
  assert.equal(before(60), '1 minute ago');
  assert.equal(before(3600 * 3), '3 hours ago');
  assert.equal(before(86_400), 'yesterday');
  assert.equal(before(86_400 * 400), 'last year');
});

test('a clock that runs behind the service makes nothing the future', () => {
  assert.equal(before(-30), 'now');
});

test('times follow the language', () => {
  i18n.use('ko');
  assert.equal(before(60), '1분 전');
  i18n.use('ja');
  assert.equal(before(60), '1 分前');
  i18n.use('en');
});

test('prices have the decimals of their currency', () => {
  assert.equal(price(2980, 'KRW'), '₩2,980');
  assert.equal(price(1.49, 'USD'), '$1.49');
});

test('a currency that is none does not throw', () => {
  assert.equal(price(5, 'bananas'), '5 bananas');
  assert.equal(price(5, null), '5');
});

test('a locale is told by name, and an odd one as it came', () => {
  assert.equal(languageName('ja'), 'Japanese');
  assert.equal(languageName('en_US'), 'American English');
  assert.equal(languageName('not a locale!'), 'not a locale!');
});

test('after a day a list shows day and time', () => {
  assert.equal(listed(NOW - 3_600_000, NOW), '1 hour ago');
  assert.match(listed(NOW - 8 * 86_400_000, NOW), /^Apr 15, \d+:00/);
  assert.match(listed(NOW - 400 * 86_400_000, NOW), /2025/);
});

test('an exact time names its zone', () => {
  assert.match(exact(NOW), /(UTC|GMT|[A-Z]{3,4})([+-]\d+)?$/);
});

test('a duration has the unit that a person would choose', () => {
  assert.deepEqual([340, 2340, 240_000, 9_000_000].map(duration), ['340 ms', '2.3 sec', '4 min', '2.5 hr']);
});
