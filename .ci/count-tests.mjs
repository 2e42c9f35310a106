// Reads what Jest printed and answers "<passed> <failed> <skipped>". Red where nothing can have been proven: no summary,
// a filtered run, no suite, or no test that passed. Usage: node .ci/count-tests.mjs <log>
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const output = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));
const suites = summary('Test Suites');
const tests = summary('Tests');
if (!/^Ran all test suites\.$/m.test(output)) refuse('Jest did not run all its suites');
if (suites.total === 0 || tests.passed === 0) refuse('no test ran');
if (tests.passed + tests.failed + tests.skipped + tests.todo !== tests.total) refuse('the summary does not add up');
console.log(tests.passed, tests.failed + (suites.failed > 0 && tests.failed === 0 ? suites.failed : 0), tests.skipped);

function summary(title) {
  const lines = output.match(new RegExp(`^${title}:.*$`, 'gm')) ?? [];
  if (lines.length !== 1) refuse(`expected one line "${title}:", found ${lines.length}`);
  const count = (kind) => Number(new RegExp(`(\\d+) ${kind}\\b`).exec(lines[0])?.[1] ?? 0);
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    todo: count('todo'),
    total: count('total'),
  };
}

function refuse(reason) {
  console.error(`count-tests: ${reason}`);
  process.exit(1);
}
