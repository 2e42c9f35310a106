import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { type SignatureForm, verifySignature, verifyTimestamp } from './lernito-signature.rules';
import { parsePythonJson } from './python-json/python-json';

const EXAMPLES = resolve(__dirname, '../../examples');
const SECRET = 'wh"s$ec \'clé';
/** A line break at its end, and a lone carriage return inside: a signer that keeps the body in a variable loses some. */
const BODY = '{ "name": "Jos\u00e9 \ud83d\ude00",\r\n "courseIds": ["course-v1:A+B+C"], "b": 1.0, "a": 1e16 }\n';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
let server: Server;
let url: string;
let answer: { status: number; body: string };
let received: Received[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signers-'));
  writeFileSync(join(folder, 'body.json'), BODY);
  const source = readFileSync(join(EXAMPLES, 'sign-enrolment.mts'), 'utf8');
  const compiled = transpileModule(source, {
    compilerOptions: { module: ModuleKind.ES2022, target: ScriptTarget.ES2022 },
  });
  writeFileSync(join(folder, 'sign-enrolment.mjs'), compiled.outputText);
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, raw: Buffer.concat(chunks) });
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/lernito/webhook/`;
});

afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  received = [];
  answer = { status: 200, body: '{"success":true}' };
});

function run(command: readonly string[], args: readonly string[], input = ''): Promise<Run> {
  const [file = '', ...first] = command;
  return new Promise((done) => {
    const env = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
    const child = execFile(file, [...first, ...args], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

function formOf({ headers, raw }: Received): SignatureForm | undefined {
  const signature = String(headers['x-lernito-signature']);
  const verdict = verifySignature([SECRET], { raw, document: parsePythonJson(raw) }, signature);
  return verdict.ok ? verdict.form : undefined;
}

const works = (file: string, ...args: string[]) => spawnSync(file, args, { stdio: 'ignore' }).status === 0;
const hasBash = works('bash', '-c', 'command -v openssl && command -v curl');
const hasPython = works('python3', '-c', 'import argparse, urllib.request');

const SIGNERS: readonly [name: string, available: boolean, command: () => string[]][] = [
  ['bash', hasBash, () => ['bash', join(EXAMPLES, 'sign-enrolment.sh')]],
  ['Python', hasPython, () => ['python3', join(EXAMPLES, 'sign-enrolment.py')]],
  ['TypeScript', true, () => [process.execPath, join(folder, 'sign-enrolment.mjs')]],
];

for (const [name, available, command] of SIGNERS) {
  (available ? describe : describe.skip)(`the signer for ${name}`, () => {
    it('sends the very bytes of a file, signed, and prints the answer', async () => {
      const { code, stdout } = await run(command(), [url, SECRET, join(folder, 'body.json')]);
      expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: '{"success":true}' });
      expect(received).toHaveLength(1);
      for (const call of received) {
        expect(call.raw.toString()).toBe(BODY);
        expect(call.headers['content-type']).toBe('application/json');
        expect(call.headers['x-lernito-timestamp']).toBeUndefined();
        expect(formOf(call)).toBe('raw');
      }
    });

    it('takes the body as an argument, or from standard input', async () => {
      await run(command(), [url, SECRET, '{"name": "José"}']);
      await run(command(), [url, SECRET], BODY);
      expect(received.map(({ raw }) => raw.toString())).toEqual(['{"name": "José"}', BODY]);
      expect(received.map(formOf)).toEqual(['raw', 'raw']);
    });

    it('signs the time as well when asked', async () => {
      await run(command(), ['--timestamp', url, SECRET, join(folder, 'body.json')]);
      const [call] = received;
      const header = String(call?.headers['x-lernito-timestamp']);
      expect(verifyTimestamp([SECRET], call?.raw ?? Buffer.of(), header, new Date()).ok).toBe(true);
      expect(received.map(formOf)).toEqual(['raw']);
    });

    it('shows the headers and sends nothing with --dry-run', async () => {
      const { stdout } = await run(command(), ['--timestamp', '--dry-run', url, SECRET, '{}']);
      expect(stdout).toMatch(/^X-Lernito-Signature: [0-9a-f]{64}\nX-Lernito-Timestamp: t=\d+,v1=[0-9a-f]{64}\n$/);
      expect(received).toEqual([]);
    });

    it('fails loudly when the call is refused, with the reason', async () => {
      answer = { status: 401, body: '{"message":"Invalid signature"}' };
      const { code, stdout, stderr } = await run(command(), [url, SECRET, '{}']);
      expect(code).not.toBe(0);
      expect(stdout + stderr).toContain('Invalid signature');
      expect(stdout + stderr).toContain('401');
    });

    it('explains its use without a secret', async () => {
      const { code, stderr } = await run(command(), [url]);
      expect(code).not.toBe(0);
      expect(stderr).toContain('sign-enrolment');
    });
  });
}

(hasPython ? describe : describe.skip)("the forms of the old README's script", () => {
  it.each(['raw', 'compact', 'spaced'])('%s', async (form) => {
    await run(
      ['python3', join(EXAMPLES, 'sign-enrolment.py')],
      ['--form', form, url, SECRET, join(folder, 'body.json')],
    );
    expect(received.map(formOf)).toEqual([form]);
  });
});
