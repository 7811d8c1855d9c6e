import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const FORBIDDEN = [
  [/\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTMLUnsafe)\b/,
    'builds markup from text'],
  [/\beval\s*\(|new Function\b/, 'runs text'],
  [/setAttribute\(\s*[^)]*'(style|on\w+)'|\.cssText\b/, 'is an inline style or handler, which the policy forbids'],
  [/\bimport\s*\(/, 'loads a module that an update may have taken away'],
  [/https?:\/\/(?!www\.w3\.org)/, 'is somebody else\'s address'],
];

/** What a browser may refuse by throwing: one module tries it. */
const REFUSABLE = new RegExp([
  /\b(localStorage|sessionStorage|indexedDB|caches|BroadcastChannel|SharedWorker|Notification|cookieStore)\b(?!['\w])/,
  /\bnavigator\.(locks|serviceWorker|clipboard|storage|wakeLock|permissions)\b/,
  /\bhistory\./,
  /\bdocument\.cookie\b/,
].map(({ source }) => source).join('|'));
/** `early.js` runs before any module can, and catches for itself. */
const TRIES = ['console/app/browser-features.js', 'console/early.js'];

const files = (folder) => readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));

/** @param {string} file */
const codeOf = (file) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|'(?:[^'\\\n]|\\.)*'/gm, '');

test('what a browser may refuse is asked of one module', () => {
  const modules = files('console');
  for (const file of TRIES) assert.match(codeOf(file), REFUSABLE, `${file} has nothing to be exempt for`);
  for (const file of modules.filter((module) => !TRIES.includes(module))) assert.doesNotMatch(codeOf(file), REFUSABLE, file);
});

test('no module can turn data into markup or code', () => {
  const modules = files('console');
  assert.ok(modules.length > 40);
  for (const file of modules) {
    const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    for (const [pattern, why] of FORBIDDEN) assert.doesNotMatch(code, pattern, `${file} ${why}`);
  }
});
