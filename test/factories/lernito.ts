import { createHmac } from 'node:crypto';
import type { Response } from 'light-my-request';
import { COMPACT, dumps, SPACED } from '../../src/enrollment-webhook/python-json/python-json.dumps';
import { parsePythonJson } from '../../src/enrollment-webhook/python-json/python-json';
import type { TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';

export type Form = 'raw' | 'compact' | 'spaced';

export interface LernitoCall {
  readonly path?: string;
  readonly form?: Form;
  readonly secret?: string;
  readonly headers?: Record<string, string>;
}

export function hmac(text: string | Buffer, secret: string = TEST_SECRETS.LERNITO_WEBHOOK_SECRET): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

export function sign(body: string | Buffer, form: Form = 'compact', secret?: string): string {
  if (form === 'raw') return hmac(body, secret);
  return hmac(dumps(parsePythonJson(Buffer.from(body)), form === 'compact' ? COMPACT : SPACED), secret);
}

/** The body of the old README's example, for somebody else. */
export function enrolBody(email: string, ...courseIds: string[]): Record<string, unknown> {
  return { email, name: 'Test', family: 'User', username: 'testuser', courseIds };
}

/** A signed call; a text is sent as it is, anything else as JSON. */
export function callLernito(app: TestApp, body: unknown, call: LernitoCall = {}): Promise<Response> {
  const { path = '/api/lernito/webhook/', form = 'compact', secret, headers = {} } = call;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  return app.inject({
    method: 'POST',
    url: path,
    payload,
    headers: { 'content-type': 'application/json', 'x-lernito-signature': sign(payload, form, secret), ...headers },
  });
}
