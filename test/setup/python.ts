import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { PROJECT, TestProcess } from './script-process';

function runs(code: string): boolean {
  return spawnSync('python3', ['-c', code], { stdio: 'ignore' }).status === 0;
}

/** Standard output of a Python program, given its input as one JSON document; both ways UTF-8. */
export function python(program: string, input: unknown): string {
  return execFileSync('python3', ['-c', program], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
    maxBuffer: 256 * 1024 * 1024,
  });
}

/** As `python`, while this process goes on: for programs that call the app under test. */
export async function pythonAside(program: string, input: unknown): Promise<string> {
  const child = spawn('python3', ['-c', program], { env: { ...process.env, PYTHONUTF8: '1' } });
  child.stdin.end(JSON.stringify(input));
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`python3 ended with ${String(code)}: ${errors}`);
  return output;
}

/** Runs a program of the tests until it is stopped, or the spec file ends. */
export function startPython(file: string, args: readonly string[]): TestProcess {
  const env = { ...process.env, PYTHONUTF8: '1' };
  return new TestProcess(spawn('python3', [file, ...args], { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** `describe` where this Python code runs; elsewhere the block is reported as skipped. */
export function describeWithPython(needs = 'import json'): jest.Describe {
  return runs(needs) ? describe : describe.skip;
}
