import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExport, RowCounter } from './console/api/export.js';

const bytes = (text) => new TextEncoder().encode(text);
const signal = new AbortController().signal;

/** An answer that comes in parts, and may break off. */
const answering = (parts, { status = 200, headers = {}, breaks = false } = {}) => async () => new Response(new ReadableStream({
  pull(controller) {
    const part = parts.shift();
    if (part !== undefined) controller.enqueue(bytes(part));
    else if (breaks) controller.error(new TypeError('network error'));
    else controller.close();
  },
}), { status, headers });

test('rows of CSV are counted without the header, and a line break in quotes is text', () => {
  const counter = new RowCounter('csv');
  assert.equal(counter.add(bytes('id,prompt\r\n1,"two\r\nlines ""quo')), 0);
  assert.equal(counter.add(bytes('ted"""\r\n2,plain\r\n')), 2);
});

test('rows of NDJSON are lines, whatever quotes are in them', () => {
  assert.equal(new RowCounter('ndjson').add(bytes('{"a":"\\""}\n{"b":"}\n')), 2);
});

test('a file is complete, has the name that the service gave, and tells its progress', async () => {
  const progress = [];
  const fetcher = answering(['{"a":1}\n{"a"', ':2}\n'], { headers: { 'Content-Disposition': 'attachment; filename="chats-1.ndjson"' } });
  const { file, name, rows } = await readExport('/x', { format: 'ndjson', signal, fetcher, onRows: (n) => progress.push(n) });
  assert.equal(await file.text(), '{"a":1}\n{"a":2}\n');
  assert.deepEqual([name, rows, progress], ['chats-1.ndjson', 2, [1, 2]]);
});

test('one that breaks off is no file, and a refusal says why', async () => {
  const broken = readExport('/x', { format: 'csv', signal, onRows: () => {}, fetcher: answering(['a\r\n'], { breaks: true }) });
  await assert.rejects(broken, { name: 'Problem', status: 0 });
  const refused = readExport('/x', { format: 'csv', signal, onRows: () => {}, fetcher: answering(['{"code":"RATE_LIMITED"}'], { status: 429 }) });
  await assert.rejects(refused, { name: 'Problem', status: 429, code: 'RATE_LIMITED' });
});
