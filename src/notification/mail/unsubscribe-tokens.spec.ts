import type { Settings } from '../../infra/config/settings';
import { UnsubscribeTokens } from './unsubscribe-tokens';

const tokensOf = (...fieldEncryptionKeys: string[]): UnsubscribeTokens =>
  new UnsubscribeTokens({
    fieldEncryptionKeys,
    publicUrl: new URL('https://guildhall.example/'),
  } as unknown as Settings);

const tokens = tokensOf('new', 'old');
const claim = { accountId: 17, from: 'payment-failed' } as const;

it('reads what it wrote, also under a key that was replaced', () => {
  expect(tokens.read(tokens.token(claim))).toEqual(claim);
  expect(tokens.read(tokensOf('old').token(claim))).toEqual(claim);
  expect(tokensOf('old').read(tokens.token(claim))).toBeUndefined();
  expect(tokens.link(claim)).toBe(
    `https://guildhall.example/feed/api/notifications/unsubscribe/${tokens.token(claim)}/`,
  );
});

it('reads nothing else', () => {
  const token = tokens.token(claim);
  for (const other of [
    token.replace('17.', '18.'),
    token.replace('payment-failed', 'like'),
    token.replace('payment-failed', 'parade'),
    `${token}=`,
    token.slice(0, -1),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`,
    '',
    '17.like.',
    'x'.repeat(400),
  ]) {
    expect([other, tokens.read(other)]).toEqual([other, undefined]);
  }
});
