import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialOf } from './console/views/person.js';

test('an initial is what a reader sees as the first letter', () => {
  const names = {
    'sato': 'S', '윤재훈': '윤', ['윤재훈'.normalize('NFD')]: '윤', '🇰🇷 Kim': '🇰🇷', '👩‍👩‍👧 Family': '👩‍👩‍👧',
    '\u200e\u2067Ali': 'A', ['é'.normalize('NFD')]: 'É',
  };
  for (const [name, initial] of Object.entries(names)) assert.equal(initialOf(name), initial.normalize('NFC'), name);
});

test('a name of invisible characters has no initial', () => {
  for (const name of ['', '\u200b\u2060', '\u0000\u001b']) assert.equal(initialOf(name), '?');
});
