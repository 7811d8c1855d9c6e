import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from './console/api/problem.js';
import { FloorPlanReader, PLAN_GAP } from './console/state/floor-plan-reader.js';
import { FakeClock } from './fakes.js';

test('a plan is read once a minute, stays when it cannot be read, and is told when its version changes', async () => {
  const clock = new FakeClock();
  const answers = [{ version: 'a' }, { version: 'a' }, new Problem(503, 'UNAVAILABLE'), null];
  const [problems, told] = [[], []];
  const load = async () => {
    const answer = answers.shift();
    if (answer instanceof Problem) throw answer;
    return answer;
  };
  const reader = new FloorPlanReader(load, (problem) => problems.push(problem.status), clock, (run) => run());
  reader.shown.subscribe(({ plan }) => told.push(plan?.version ?? null));

  await reader.refresh();
  await reader.refresh();
  assert.equal(answers.length, 3, 'a minute has not passed');
  await clock.pass(PLAN_GAP);
  await reader.refresh();
  await clock.pass(PLAN_GAP);
  await reader.refresh();
  assert.deepEqual([told, problems], [['a'], [503]]);
  await reader.refresh(); // at once after a failure
  assert.deepEqual(told, ['a', null]);
});
