import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt, rangesOf, wordsOf } from './console/state/highlight.js';

/** What would be marked. */
const marked = (text, query) => rangesOf(text, wordsOf(query)).map(([from, to]) => text.slice(from, to));

test('words are found whatever their case, width and composition', () => {
  assert.deepEqual(marked('Spicy RAMEN and ｒａｍｅｎ', 'ramen'), ['RAMEN', 'ｒａｍｅｎ']);
  assert.deepEqual(marked('ｶﾞﾗｽの器', 'ガラス'), ['ｶﾞﾗｽ']);
  assert.deepEqual(marked('김치찌개'.normalize('NFD'), '김치').map((text) => text.normalize('NFC')), ['김치']);
  assert.deepEqual(marked('Straße', 'STRASSE'), ['Straße']);
  assert.deepEqual(marked('매운 라면', '라'), ['라']);
});

test('several words are marked each, and what touches is one', () => {
  assert.deepEqual(marked('beef and tofu, beef', 'tofu beef'), ['beef', 'tofu', 'beef']);
  assert.deepEqual(marked('noodles', 'nood dles'), ['noodles']);
});

test('nothing is marked where nothing is searched or found', () => {
  for (const query of ['', '  ', 'zzz', '\u200b']) assert.deepEqual(marked('Dinner?', query), []);
});

test('signs that are no letters are text', () => {
  assert.deepEqual(marked('100% (a.b)*', '% .b)*'), ['%', '.b)*']);
});

test('a letter of several parts is marked as a whole', () => {
  assert.deepEqual(marked('e\u0301t\u00e9', '\u00e9'), ['e\u0301', '\u00e9']);
});

test('a line that shows its beginning begins near the first match', () => {
  const text = `${'a'.repeat(300)}🍜ramen`;
  const part = excerpt(text, wordsOf('ramen'), 24);
  assert.ok(part.startsWith('…aaa') && part.endsWith('🍜ramen') && part.length < 40);
  assert.equal(excerpt('ramen, please', wordsOf('ramen'), 24), 'ramen, please');
  assert.equal(excerpt(`${'b'.repeat(22)}🍜${'a'.repeat(23)}xyz`.padStart(100, 'c'), ['xyz'], 24).includes('\ufffd'), false);
});
