import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlertSound } from './console/app/alert-sound.js';
import { KeySequence, letterOf, SEQUENCE_WITHIN } from './console/state/key-sequence.js';
import { MOST_ENTRIES, paletteEntries, shoppersIn, withFound } from './console/state/palette.js';
import { row } from './fakes.js';

const ID = '01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90';
const page = (text) => ({ kind: 'page', text, href: `#/${text}` });

test('g and a letter are a sequence for a moment; other keys stay what they are', () => {
  const keys = new KeySequence('g', ['c', 'k']);
  assert.deepEqual(['k', 'g', 'k', 'k'].map((key, at) => keys.press(key, at)), [null, '', 'k', null]);
  assert.deepEqual([keys.press('g', 0), keys.press('k', SEQUENCE_WITHIN + 1)], ['', null], 'too late');
  assert.deepEqual([keys.press('g', 0), keys.press('j', 1), keys.press('c', 2)], ['', '', null], 'a wrong second key does nothing');
});

test('a key is its letter whatever the keyboard writes', () => {
  assert.deepEqual(
    [{ key: 'G', code: 'KeyG' }, { key: 'ㅎ', code: 'KeyG' }, { key: 'Enter', code: 'Enter' }, { key: 'z', code: 'KeyY' }].map(letterOf),
    ['g', 'g', 'Enter', 'z'],
  );
});

test('the palette offers what begins with the text first, and a search last', () => {
  const all = [
    page('Access'), page('Chats'), { kind: 'view', text: 'All chats', href: '#/chats?x' },
    { kind: 'shopper', text: 'Ｃhatty', href: '#/shoppers/x' },
  ];
  assert.deepEqual(paletteEntries(all, ' CHAT ').map(({ text }) => text), ['Chats', 'Ｃhatty', 'All chats', 'CHAT']);
  assert.deepEqual(paletteEntries(all, '').map(({ kind }) => kind), ['page', 'page', 'view']);
  assert.deepEqual(paletteEntries(all, ID.toUpperCase()).map(({ href }) => href), [`#/chats/${ID}`, `#/shoppers/${ID}`]);
  assert.equal(paletteEntries(Array.from({ length: 50 }, (_, n) => page(`Chats ${n}`)), 'chats').length, MOST_ENTRIES);
});

test('what the service found joins once, before the search', () => {
  const known = paletteEntries([page('Chats')], 'chats');
  const found = [{ kind: 'shopper', text: 'Chats Lee', href: '#/shoppers/y' }, page('Chats')];
  assert.deepEqual(withFound(known, found).map(({ text }) => text), ['Chats', 'Chats Lee', 'chats']);
});

test('rows are shoppers only by their name', () => {
  const rows = [
    { ...row('a'), profile_id: ID, profile_summary: { name: 'Kim Minji', gender: null, age: null, locale: null } },
    { ...row('b'), profile_id: ID, profile_summary: { name: 'Kim Minji', gender: null, age: null, locale: null } },
    { ...row('c'), profile_id: 'x', profile_summary: { name: 'Lee', gender: null, age: null, locale: null } },
    { ...row('d'), profile_summary: null },
  ];
  assert.deepEqual(shoppersIn(rows, 'minji kim').map(({ text }) => text), ['Kim Minji · 1b2f90']);
});

test('of two tabs one is heard, and none before the reader has used the page', async () => {
  const heard = [];
  const held = new Set();
  const scope = (hasBeenActive) => ({
    setTimeout: () => {},
    navigator: {
      userActivation: { hasBeenActive },
      locks: { request: async (name, _, work) => { const isFree = !held.has(name); held.add(name); void work(isFree ? {} : null); } },
    },
    AudioContext: class {
      currentTime = 0;
      destination = {};
      async resume() {}
      createOscillator() { return { frequency: {}, connect: (to) => to, start() { heard.push(this.frequency.value); }, stop() {} }; }
      createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (to) => to }; }
    },
  });
  await new AlertSound(scope(false)).announce('failed:1');
  const tabs = [new AlertSound(scope(true)), new AlertSound(scope(true))];
  for (const tab of tabs) await tab.announce('failed:1');
  assert.deepEqual(heard, [660, 880]);
  await tabs[0].announce('failed:2');
  assert.equal(heard.length, 4);
  await new AlertSound({ navigator: {} }).announce('failed:3');
});
