import { createHmac } from 'node:crypto';
import { explainSignature } from './lernito-explanation.rules';
import { parsePythonJson } from './python-json/python-json';

const SECRET = 'whsec_integrator';
const BODY = '{"name": "José", "email": "a@example.com", "courseIds": []}';
const COMPACT = '{"courseIds":[],"email":"a@example.com","name":"Jos\\u00e9"}';

const sign = (text: string, secret = SECRET) => createHmac('sha256', secret).update(text).digest('hex');

function explain(header: string | undefined, sent = BODY, secrets = ['newer', SECRET]) {
  const raw = Buffer.from(sent);
  return explainSignature(secrets, { raw, document: parsePythonJson(raw) }, header);
}

describe('explainSignature', () => {
  it('shows every form that was tried', () => {
    expect(explain(sign('something else'))).toEqual({
      problem: 'X-Lernito-Signature is not the HMAC-SHA256, with the shared secret, of any text that we accept.',
      tried: [
        { form: 'raw', bytes: 60, text: BODY },
        { form: 'compact', bytes: 59, text: COMPACT },
        { form: 'spaced', bytes: 64, text: '{"courseIds": [], "email": "a@example.com", "name": "Jos\\u00e9"}' },
      ],
    });
  });

  it.each([
    ['a trailing line break in the secret', sign(COMPACT, `${SECRET}\n`), /secret ends with a line break/],
    ['echo without -n', sign(`${BODY}\n`), /signed the body with a line break/],
    ['a prefix', `sha256=${sign(COMPACT)}`, /digest is right, but write it as 64 hex digits/],
    ['base64', Buffer.from(sign(BODY), 'hex').toString('base64'), /digest is right, but/],
    [
      'keys not sorted',
      sign('{"name": "Jos\\u00e9", "email": "a@example.com", "courseIds": []}'),
      /keys in another order/,
    ],
    ['ensure_ascii=False', sign('{"courseIds":[],"email":"a@example.com","name":"José"}'), /ensure_ascii/],
    ['JSON.stringify', sign('{"name":"José","email":"a@example.com","courseIds":[]}'), /JSON\.stringify/],
  ])('recognises %s', (_mistake, header, hint) => {
    expect(explain(header).hint).toMatch(hint);
    expect(explain(header, BODY, ['other']).hint).toBeUndefined();
  });

  it.each(['\n', '\r\n'])('recognises a body sent with a line break that was not signed (%j)', (lineBreak) => {
    expect(explain(sign(BODY), `${BODY}${lineBreak}`).hint).toMatch(/without the line break/);
  });

  it.each([
    [undefined, 'The header X-Lernito-Signature is missing.'],
    ['', 'The header X-Lernito-Signature is missing.'],
    ['not hex', 'X-Lernito-Signature must be 64 hex digits; this is no such text of 7.'],
    ['é'.repeat(64), 'X-Lernito-Signature must be 64 hex digits; this is no such text of 64.'],
  ])('names the problem of %j', (header, problem) => {
    expect(explain(header).problem).toBe(problem);
  });

  it('says when no secret is set', () => {
    expect(explain(sign(COMPACT), BODY, []).problem).toMatch(/LERNITO_WEBHOOK_SECRET is empty/);
  });

  it('never shows a secret nor a digest that would have been right', () => {
    for (const header of [sign('other'), sign(`${BODY}\n`), undefined, sign(COMPACT, `${SECRET}\n`)]) {
      const shown = JSON.stringify(explain(header));
      for (const secret of ['newer', SECRET]) {
        expect(shown).not.toContain(secret);
        for (const { text } of explain(header).tried) expect(shown).not.toContain(sign(text, secret));
      }
    }
  });

  it('shows the beginning of a long body only', () => {
    const long = JSON.stringify({ name: 'x'.repeat(100_000) });
    expect(explain(sign('other'), long).tried[0]).toMatchObject({ bytes: 100_011, text: long.slice(0, 2000) });
  });

  it('tries nothing over on a large body', () => {
    const large = JSON.stringify({ name: 'x'.repeat(65_536) });
    expect(explain(sign(`${large}\n`), large)).toEqual({
      problem: 'X-Lernito-Signature is not the HMAC-SHA256, with the shared secret, of any text that we accept.',
      hint: 'Bodies of more than 64 KiB are not looked into: try a smaller one.',
      tried: [{ form: 'raw', bytes: 65_547, text: large.slice(0, 2000) }],
    });
    expect(explain(undefined, large)).toMatchObject({ problem: 'The header X-Lernito-Signature is missing.' });
  });
});
