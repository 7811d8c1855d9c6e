import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from './console/api/problem.js';
import { DetailReader } from './console/state/detail-reader.js';
import { FakeClock, FakeFrames } from './fakes.js';

function setUp(answer = async (id) => ({ chat_id: id }), timeline = async () => []) {
  const clock = new FakeClock();
  const frames = new FakeFrames();
  const asked = [];
  const reader = new DetailReader({
    clock, frame: frames.frame, onProblem: () => {}, chats: { detail: (id) => { asked.push(id); return answer(id); }, timeline },
  });
  return { reader, clock, frames, asked };
}

test('a burst of events reads the open chat a few times, and no other', async () => {
  const { reader, clock, asked } = setUp();
  await reader.show('open');
  for (let n = 0; n < 1000; n++) {
    reader.refresh(`chat-${n}`);
    reader.refresh('open');
    await clock.pass(1);
  }
  await clock.pass(5000);
  assert.ok(asked.length <= 4, `${asked.length} reads`);
  assert.deepEqual([...new Set(asked)], ['open']);
});

test('what happens to other chats is none of its business', async () => {
  const { reader, clock, asked } = setUp();
  await reader.show('open');
  reader.refresh('another');
  await clock.pass(5000);
  assert.deepEqual(asked, ['open']);
});

test('with nothing open nothing is read', async () => {
  const { reader, clock, asked } = setUp();
  reader.refresh('a');
  reader.refresh();
  await clock.pass(5000);
  assert.deepEqual(asked, []);
});

test('the answer for a chat that was closed meanwhile is dropped', async () => {
  let answer;
  const { reader } = setUp(() => new Promise((resolve) => { answer = resolve; }));
  const shown = reader.show('a');
  reader.close();
  answer({ chat_id: 'a' });
  await shown;
  assert.equal(reader.open.value.chat, null);
});

test('the same answer again redraws nothing', async () => {
  const { reader, clock } = setUp();
  await reader.show('a');
  const before = reader.open.value;
  reader.refresh();
  await clock.pass(2000);
  assert.equal(reader.open.value, before);
});

test('a blip keeps what is shown, a chat that is gone goes', async () => {
  let status = 0;
  const { reader, clock } = setUp(async (id) => {
    if (status) throw new Problem(status, 'X');
    return { chat_id: id };
  });
  await reader.show('a');
  for (const [next, phase] of [[503, 'ready'], [404, 'failed']]) {
    status = next;
    reader.refresh();
    await clock.pass(2000);
    assert.equal(reader.open.value.phase, phase);
    assert.equal(reader.open.value.problem.status, next);
  }
  assert.equal(reader.open.value.chat, null);
});

test('a timeline that cannot be read takes nothing from the chat', async () => {
  const { reader } = setUp(undefined, async () => { throw new Problem(503, 'UNAVAILABLE'); });
  await reader.show('open');
  const { phase, chat, timeline, problem } = reader.open.value;
  assert.deepEqual([phase, chat, timeline, problem], ['ready', { chat_id: 'open' }, null, null]);
});

test('a trigger that changes the timeline alone is shown', async () => {
  const items = [{ at: 'a', type: 'started' }];
  const { reader, clock } = setUp(undefined, async () => [...items]);
  await reader.show('open');
  items.push({ at: 'b', type: 'backlist_triggered' });
  reader.refresh('open');
  await clock.pass(5000);
  assert.equal(reader.open.value.timeline.length, 2);
});
