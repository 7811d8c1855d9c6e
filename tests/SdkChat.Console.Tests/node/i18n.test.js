import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DICTIONARIES, i18n } from './console/i18n/i18n.js';
import { en } from './console/i18n/en.js';

const forms = (message) => (typeof message === 'string' ? [message] : Object.values(message));
const names = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

for (const [language, dictionary] of Object.entries(DICTIONARIES)) {
  test(`${language} has every key, and no other`, () => {
    assert.deepEqual(Object.keys(dictionary).sort(), Object.keys(en).sort());
  });

  test(`${language} has words for every key`, () => {
    for (const [key, message] of Object.entries(dictionary)) for (const form of forms(message)) assert.ok(form.trim(), key);
  });

  test(`${language} names what English names`, () => {
    for (const [key, message] of Object.entries(dictionary)) {
      for (const form of forms(message)) assert.deepEqual(names(form), names(forms(en[key]).at(-1)), key);
    }
  });

  test(`${language} has every plural form of its own`, () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(dictionary)) {
      if (typeof message !== 'string') for (const form of needed) assert.ok(message[form], `${key} lacks ${form}`);
    }
  });
}

test('no language is English under another name', () => {
  for (const language of ['ko', 'ja']) {
    const same = Object.keys(en).filter((key) => typeof en[key] === 'string'
      && DICTIONARIES[language][key] === en[key] && /[a-z]{3}/.test(en[key].replace(/\{\w+\}/g, '')));
    assert.deepEqual(same, []);
  }
});

test('plural forms and numbers follow the language', () => {
  i18n.use('en');
  assert.equal(i18n.t('list.news', { n: 1 }), '1 new chat');
  assert.equal(i18n.t('list.news', { n: 1234 }), '1,234 new chats');
  i18n.use('ko');
  assert.equal(i18n.t('list.news', { n: 1 }), '새 채팅 1건');
  i18n.use('en');
});

test('an argument is never read as a template', () => {
  assert.equal(i18n.t('streams.confirm', { who: '{tenant}$&', tenant: 'x' }).includes('{tenant}$&'), true);
});

test('a value that we do not know stands for itself', () => {
  assert.equal(i18n.word('status', 'paused'), 'paused');
  assert.equal(i18n.word('status', 'error'), 'Failed');
});
