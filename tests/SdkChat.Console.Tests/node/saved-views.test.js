import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SavedViews } from './console/state/saved-views.js';

/** A browser that remembers. */
function storage(kept = {}) {
  return { kept, recall: (key) => kept[key] ?? null, remember: (key, value) => { kept[key] = value; } };
}

test('views are kept by name, each user\'s apart', () => {
  const browser = storage();
  const views = new SavedViews(browser, 'a');
  views.save(' Late ', '#/chats?time=30d');
  views.save('Early', '#/chats');
  views.save('Late', '#/chats?time=7d');
  assert.deepEqual(new SavedViews(browser, 'a').all, [{ name: 'Early', hash: '#/chats' }, { name: 'Late', hash: '#/chats?time=7d' }]);
  assert.deepEqual(new SavedViews(browser, 'b').all, []);
  views.remove('Early');
  assert.deepEqual(views.all.map(({ name }) => name), ['Late']);
});

test('what is stored and is no view is left out', () => {
  for (const stored of [
    '{', 'null', '{}', '[null, 1, {"name":"x"}, {"name":"","hash":"#/chats"}, {"name":"x","hash":"javascript:alert(1)"}]',
  ]) {
    assert.deepEqual(new SavedViews(storage({ 'sdkchat.views:a': stored }), 'a').all, [], stored);
  }
});

test('there is an end to them', () => {
  const views = new SavedViews(storage(), 'a');
  for (let n = 0; n < 100; n++) views.save(`${'x'.repeat(80)}${n}`, '#/chats');
  assert.equal(views.all.length, 1, 'names are cut to one length');
  for (let n = 0; n < 100; n++) views.save(`v${n}`, '#/chats');
  assert.equal(views.all.length, 30);
});
