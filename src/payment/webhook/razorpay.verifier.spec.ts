import { createHash, createHmac } from 'node:crypto';
import type { Settings } from '../../infra/config/settings';
import { secretId } from '../../infra/webhook/secret-id';
import { RazorpayVerifier } from './razorpay.verifier';

const NEW = 'new-webhook-secret';
const OLD = 'old-webhook-secret';
const body = Buffer.from('{"event":"payment.captured", "notes":[]}\n');

const verifier = (...webhookSecrets: string[]) =>
  new RazorpayVerifier({ razorpay: { webhookSecrets } } as unknown as Settings);
const hmac = (secret: string, bytes = body) => createHmac('sha256', secret).update(bytes).digest('hex');
const verify = (headers: Record<string, string>, of = verifier(NEW, OLD)) => of.verify({ headers, body });

describe('RazorpayVerifier', () => {
  it.each([
    ['the newest secret', hmac(NEW), NEW],
    ['a former secret', hmac(OLD), OLD],
    ['capitals', hmac(NEW).toUpperCase(), NEW],
  ])('finds genuine what is signed with %s', (_, signature, secret) => {
    expect(verify({ 'x-razorpay-signature': signature })).toMatchObject({
      genuine: true,
      secretId: secretId(secret),
      terms: ['payment.captured'],
    });
  });

  it.each([
    ['no signature', {}],
    ['another secret', { 'x-razorpay-signature': hmac('stranger') }],
    ['the signature of other bytes', { 'x-razorpay-signature': hmac(NEW, Buffer.from('{}')) }],
    ['a signature that is none', { 'x-razorpay-signature': 'abc' }],
    ['two signatures', { 'x-razorpay-signature': `${hmac(NEW)}, ${hmac(OLD)}` }],
  ])('refuses %s', (_, headers: Record<string, string>) => {
    expect(verify(headers)).toMatchObject({ genuine: false, fault: 'signature', counts: true, error: { status: 401 } });
  });

  it('refuses everything without a secret', () => {
    expect(verify({ 'x-razorpay-signature': hmac('') }, verifier()).genuine).toBe(false);
    const sold = new RazorpayVerifier({ razorpay: undefined } as unknown as Settings);
    expect(verify({ 'x-razorpay-signature': hmac('') }, sold).genuine).toBe(false);
  });

  it.each([
    ['evt_00000000000001', 'evt_00000000000001'],
    ['x'.repeat(128), 'x'.repeat(128)],
    ['x'.repeat(129), undefined],
    ['two words', undefined],
    ['caf\u00e9', undefined],
    ['', undefined],
  ])('knows a repeat by the event id, or else by the body: %s', (id, key) => {
    const verification = verify({ 'x-razorpay-signature': hmac(NEW), 'x-razorpay-event-id': id });
    const ofBody = `body:${createHash('sha256').update(body).digest('hex')}`;
    expect(verification).toMatchObject({ eventKey: key ?? ofBody });
  });
});
