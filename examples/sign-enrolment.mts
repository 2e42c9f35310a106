/**
 * Signs an enrolment and sends it to Guildhall's lernito webhook. Needs Node and nothing else.
 *
 *   node examples/sign-enrolment.mts [--timestamp] [--dry-run] URL SECRET [BODY]
 *
 * Node 22.18 or newer runs it as it is; for Node 20 `npm run build` compiles it to `dist/examples/sign-enrolment.mjs`.
 * BODY is a JSON file, or JSON itself; without it standard input is read. To use it in a program of your own, take
 * `signatureHeaders`: what counts is that the bytes you sign are the bytes you send.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

export function signatureHeaders(secret: string, body: Uint8Array, timestamp?: Date): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  if (!timestamp) return { 'X-Lernito-Signature': signature };
  const t = Math.floor(timestamp.getTime() / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
  return { 'X-Lernito-Signature': signature, 'X-Lernito-Timestamp': `t=${t},v1=${v1}` };
}

function readBody(source: string): Uint8Array {
  if (source === '-') return readFileSync(0);
  return /^[{[]/.test(source) ? Buffer.from(source) : readFileSync(source);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { timestamp: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  });
  const [url, secret, source = '-'] = positionals;
  if (!url || !secret) {
    console.error('sign-enrolment.mts [--timestamp] [--dry-run] URL SECRET [BODY]');
    return 2;
  }
  const body = readBody(source);
  const headers = signatureHeaders(secret, body, values.timestamp ? new Date() : undefined);
  if (values['dry-run']) {
    for (const [name, value] of Object.entries(headers)) console.log(`${name}: ${value}`);
    return 0;
  }
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: new Uint8Array(body),
  });
  console.log(answer.ok ? await answer.text() : `${answer.status} ${await answer.text()}`);
  return answer.ok ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
