import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExportRows } from './console/api/export-rows.js';
import { ExportDownload } from './console/api/export.js';
import { FakeClock } from './fakes.js';

const bytes = (text) => new TextEncoder().encode(text);
const HEADER = '\ufeffchat_id,profile_id,prompt,created_at\r\n';
const csvRow = (n) => `${n},p,"two\r\nlines, ""quo${n}ted""",2026-01-01T00:00:0${n}.5+09:00\r\n`;
const jsonRow = (n) => `{"chat_id":"${n}","prompt":"\\" 윤","created_at":"2026-01-01T00:00:0${n}Z"}\n`;

/** Adds a text in parts of some bytes: neither characters nor rows end with parts. */
const addInParts = (rows, text, size) => {
  for (let at = 0, all = bytes(text); at < all.length; at += size) rows.add(all.slice(at, at + size));
};

for (const size of [1, 7, 1000]) {
  test(`rows are counted and what is not whole is dropped, in parts of ${size}`, async () => {
    for (const [format, header, row] of [['csv', HEADER, csvRow], ['ndjson', '', jsonRow]]) {
      const rows = new ExportRows(format);
      rows.begin();
      addInParts(rows, header.slice(0, 3), size);
      rows.begin(); // before a row nothing is kept
      addInParts(rows, header + row(1) + row(2) + row(3).slice(0, 9), size);
      assert.equal(rows.rows, 2);
      assert.equal(rows.cursor, format === 'csv' ? '2026-01-01T00:00:02.5+09:00,2' : '2026-01-01T00:00:02Z,2');
      rows.begin();
      addInParts(rows, header + row(3), size);
      assert.equal(rows.rows, 3);
      assert.equal(Buffer.from(await rows.file('').arrayBuffer()).toString(), header + row(1) + row(2) + row(3));
    }
  });
}

/** Answers one call after the other; an answer that is an array comes in parts and breaks off unless it ends with null. */
const answering = (...answers) => {
  const urls = [];
  const fetcher = async (url) => {
    urls.push(url);
    const answer = answers.shift();
    if (!Array.isArray(answer)) return new Response('{"code":"X"}', { status: answer });
    return new Response(new ReadableStream({
      pull(controller) {
        const part = answer.shift();
        if (part === null) controller.close();
        else if (part === undefined) controller.error(new TypeError('network error'));
        else controller.enqueue(bytes(part));
      },
    }), { headers: { 'Content-Disposition': `attachment; filename="chats-${urls.length}.ndjson"` } });
  };
  return { urls, fetcher };
};

const read = async (fetcher, { passes = 0, signal = new AbortController().signal } = {}) => {
  const clock = new FakeClock();
  const told = [];
  const download = new ExportDownload('/x?a=1', 'ndjson', { fetcher, clock, random: () => 0 });
  const result = download.read({ signal, onRows: (n) => told.push(n), onLost: (n) => told.push(`lost ${n}`) })
    .then((value) => value, (thrown) => thrown);
  for (let n = 0; n < passes; n++) {
    await new Promise(setImmediate); // streams settle in their own time
    await clock.pass(10_000);
  }
  return { ...(await result), told, download };
};

test('a download that breaks goes on after its last whole row, with its first name', async () => {
  const { fetcher, urls } = answering([jsonRow(1), jsonRow(2).slice(0, 5)], 503, 429, [jsonRow(2), null]);
  const { file, name, rows, told } = await read(fetcher, { passes: 8 });
  assert.equal(await file.text(), jsonRow(1) + jsonRow(2));
  assert.deepEqual([name, rows], ['chats-1.ndjson', 2]);
  assert.deepEqual(told, [1, 1, 'lost 1', 'lost 1', 'lost 1', 2]);
  assert.deepEqual(urls, ['/x?a=1', ...Array(3).fill('/x?a=1&cursor=2026-01-01T00%3A00%3A01Z%2C1')]);
});

test('a refusal is told at once', async () => {
  for (const status of [429, 403, 500]) {
    const { fetcher, urls } = answering(status);
    assert.equal((await read(fetcher)).status, status);
    assert.equal(urls.length, 1);
  }
});

test('a service that stays away is given up, and the next call goes on after the last row', async () => {
  const { fetcher, urls } = answering([jsonRow(1)], ...Array(12).fill(503), [jsonRow(2), null]);
  const { status, download } = await read(fetcher, { passes: 20 });
  assert.deepEqual([status, urls.length], [503, 13]);
  const signal = new AbortController().signal;
  assert.equal((await download.read({ signal, onRows: () => {}, onLost: () => {} })).rows, 2);
  assert.match(urls.at(-1), /cursor=/);
});
