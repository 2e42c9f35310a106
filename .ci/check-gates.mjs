// Shows every static gate red. Each case plants one violation in a small project that is green without it, runs the
// gate as package.json or .ci/run does, and expects it to refuse exactly that. A gate that lets it pass is the fault.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLEAN } from './gates/clean.mjs';
import { IMPORTS } from './gates/imports.mjs';
import { LINT } from './gates/lint.mjs';
import { OTHERS } from './gates/others.mjs';
import { TYPES } from './gates/types.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const COPIED = [
  '.ci',
  '.config',
  'docker',
  '.prettierignore',
  'Dockerfile',
  'docker-compose.yml',
  'package.json',
  'tsconfig.json',
];
const SCRIPTS = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
const GATES = {
  format: SCRIPTS['format:check'],
  types: SCRIPTS.typecheck,
  imports: 'node .ci/check-imports.mjs',
  deployment: 'node .ci/check-deployment.mjs',
  tests: 'node .ci/count-tests.mjs jest.log',
  nginx: 'node .ci/check-nginx.mjs',
};

const project = mkdtempSync(join(tmpdir(), 'guildhall-gates-'));
const faults = [];
let shown = 0;
try {
  for (const name of COPIED) cpSync(join(root, name), join(project, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  plant(CLEAN);
  expectGreen();
  showLint();
  showAtOnce('imports', IMPORTS);
  showAtOnce('types', TYPES);
  for (const item of OTHERS) showRed(item);
} finally {
  rmSync(project, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(`gates: ${shown} seen red, ${faults.length} let a violation pass`);
process.exitCode = faults.length === 0 && shown > 0 ? 0 : 1;

function expectGreen() {
  for (const gate of Object.keys(GATES)) {
    const { status, output } = run(GATES[gate]);
    if (status !== 0 && !(gate === 'nginx' && status === 77))
      faults.push(`${gate} is red without a violation:\n${output}`);
  }
}

/** One run of ESLint over all of them: each file must be refused by its rule. */
function showLint() {
  const clean = JSON.parse(lint().stdout);
  for (const { filePath, messages } of clean.filter((one) => one.messages.length > 0)) {
    faults.push(`lint is red without a violation: ${filePath} ${messages[0].ruleId} ${messages[0].message}`);
  }
  const files = Object.fromEntries(LINT.map(({ path, text }) => [path, text]));
  plant(files);
  const { status, stdout } = lint();
  const results = new Map(JSON.parse(stdout).map((one) => [one.filePath, one.messages]));
  for (const { path, rule } of LINT) {
    const messages = results.get(join(project, path)) ?? [];
    const red = status !== 0 && messages.some((one) => (rule === null ? one.ruleId === null : one.ruleId === rule));
    note(red, `lint, ${rule ?? 'inline comment'} (${path})`, JSON.stringify(messages.map((one) => one.ruleId)));
  }
  for (const path of Object.keys(files)) rmSync(join(project, path));
}

function lint() {
  return run('eslint -c .config/eslint.config.mjs --max-warnings 0 --format json .');
}

/** One run over all of them: each file must be named with its words. */
function showAtOnce(gate, cases) {
  plant(Object.fromEntries(cases.map(([path, , text]) => [path, text])));
  const { status, output } = run(GATES[gate]);
  for (const [path, says] of cases.filter((one) => one[1] !== null)) {
    const lines = output.split('\n').filter((line) => line.startsWith(path));
    note(status !== 0 && lines.some((line) => says.test(line)), `${gate}, ${path}`, lines.join('\n'));
  }
  for (const [path] of cases) rmSync(join(project, path));
}

function showRed({ gate, title, files, says }) {
  const before = new Map(Object.keys(files).map((path) => [path, read(path)]));
  plant(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, typeof text === 'function' ? text(before.get(path)) : text]),
    ),
  );
  const { status, output } = run(GATES[gate]);
  if (gate !== 'nginx' || status !== 77) note(status !== 0 && says.test(output), `${gate}, ${title}`, output);
  for (const [path, text] of before) {
    if (text === undefined) rmSync(join(project, path));
    else writeFileSync(join(project, path), text);
  }
}

function note(red, title, output) {
  if (red) shown += 1;
  else faults.push(`let pass: ${title}\n${output}`);
}

function plant(files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}

function read(path) {
  try {
    return readFileSync(join(project, path), 'utf8');
  } catch {
    return undefined;
  }
}

function run(command) {
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd: project,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, output: stdout + stderr };
}
