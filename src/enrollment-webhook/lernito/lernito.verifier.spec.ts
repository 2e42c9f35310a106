import { SystemClock } from '../../common/clock';
import type { Settings } from '../../infra/config/settings';
import { LernitoVerifier } from './lernito.verifier';

function refusal(isProduction: boolean) {
  const settings = { lernitoWebhookSecrets: ['secret'], lernitoRequireTimestamp: false, isProduction };
  const verification = new LernitoVerifier(settings as unknown as Settings, new SystemClock()).verify({
    headers: { 'x-lernito-signature': '0'.repeat(64) },
    body: Buffer.from('{"a":1}'),
  });
  if (verification.genuine) throw new Error('a wrong signature was accepted');
  return verification;
}

describe('a refusal by LernitoVerifier', () => {
  it('is explained only when asked for', () => {
    const { error, explained } = refusal(false);
    expect(error.details.extra).toBeUndefined();
    expect(explained?.()).toMatchObject({
      code: error.code,
      details: { extra: { explanation: { problem: expect.stringContaining('HMAC') as string } } },
    });
  });

  it('has no explanation in production', () => {
    expect(refusal(true).explained).toBeUndefined();
  });
});
