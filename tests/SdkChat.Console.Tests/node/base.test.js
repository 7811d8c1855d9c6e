import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, baseOf } from './console/api/base.js';

test('the path before the assets is that of the service', () => {
  assert.equal(baseOf('https://demo.aika.life/console/assets/0123456789abcdef/js/api/base.js'), '');
  assert.equal(baseOf('https://shops.example/chat/console/assets/0123456789abcdef/js/api/base.js'), '/chat');
  assert.equal(baseOf('https://shops.example/console/assets/x/console/assets/0123456789abcdef/js/api/base.js'), '/console/assets/x');
  assert.equal(BASE, '');
});
