import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactNumber, parseJson } from './console/api/json.js';
import { readItem } from './console/state/items.js';

const read = (item, languages = ['en']) => readItem(item, languages);

test('the demo\'s shapes are read in full', () => {
  const product = { id: 'p', name: 'Leek', section: 'Produce', price: 2980, currency: 'KRW', reason: { ko: '좋아요', en: 'Fresh' } };
  assert.deepEqual(read(product), {
    title: 'Leek', text: 'Fresh', section: 'Produce', quantity: null,
    price: { amount: 2980, currency: 'KRW' }, position: null, rest: undefined,
  });
  assert.equal(read(product, ['ko']).text, '좋아요');
  assert.equal(read(product, ['ja', 'en']).text, 'Fresh');
  assert.equal(read({ ...product, reason: { fr: 'Frais' } }, ['ja']).text, 'Frais');
  assert.deepEqual(read({ id: 1, text: 'Eggs', quantity: 2 }).quantity, 2);
  assert.deepEqual(read({ title: 'T', message: 'M', position: { x: 0, y: 1 } }).position, { x: 0, y: 1 });
});

test('what is not known is kept, not lost', () => {
  assert.deepEqual(read({ title: 'T', aisle: 7, deep: { a: [1] } }).rest, { aisle: 7, deep: { a: [1] } });
});

test('a known member of the wrong type is kept as data', () => {
  const item = read({ title: 'T', price: 'cheap', position: { x: 'left', y: 0 }, quantity: '3' });
  assert.equal(item.price, null);
  assert.equal(item.position, null);
  assert.deepEqual(item.rest, { price: 'cheap', position: { x: 'left', y: 0 }, quantity: '3' });
});

test('any shape at all can be shown', () => {
  for (const item of [
    null, true, 0, 12.5, '', ' ', 'text', [], [1, [2]], {}, { title: null }, { title: {} }, { title: [] }, { name: 5 }, { __proto__: null },
  ]) {
    const { title, rest } = read(item);
    assert.ok(title !== null || rest !== undefined || item === undefined, JSON.stringify(item));
  }
});

test('positions off the plan are none', () => {
  for (const position of [{ x: -0.01, y: 0 }, { x: 0, y: 1.01 }, { x: NaN, y: 0 }, { x: Infinity, y: 0 }, { x: 0 }, [], null, 5]) {
    assert.equal(read({ title: 'T', position }).position, null);
  }
});

test('names of the language itself are data like any other', () => {
  const item = read(JSON.parse('{"__proto__": {"title": "polluted"}, "constructor": "x", "toString": "y"}'));
  assert.equal(item.title, null);
  assert.equal(({}).title, undefined);
  assert.equal(read(JSON.parse('{"title": "T", "__proto__": "p"}')).title, 'T');
});

test('a number that formatting would change is kept as data', () => {
  assert.equal(read({ name: 'N', price: 12345678901234567890 }).price, null);
  assert.deepEqual(read({ name: 'N', price: 12345678901234567890 }).rest, { price: 12345678901234567890 });
  assert.equal(exactNumber(9007199254740993), null);
  assert.equal(exactNumber(0.1), 0.1);
  assert.equal(exactNumber('1'), null);
});

test('JSON is read with or without raw numbers', { skip: typeof JSON.rawJSON === 'function' ? false : 'this engine has none' }, () => {
  for (const text of ['12345678901234567890', '9007199254740993', '1e400', '1.0E2']) {
    assert.equal(JSON.stringify(parseJson(`[${text}]`)), `[${text}]`);
  }
  assert.equal(read(parseJson('{"name":"N","price":1.50}')).price.amount, 1.5);
  assert.equal(read(parseJson('1e400')).title, '1e400');
});
