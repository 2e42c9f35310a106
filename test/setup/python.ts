import { execFileSync, spawnSync } from 'node:child_process';

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

/** `describe` where this Python code runs; elsewhere the block is reported as skipped. */
export function describeWithPython(needs = 'import json'): jest.Describe {
  return runs(needs) ? describe : describe.skip;
}
