import type { Settings } from '../../infra/config/settings';
import { VerificationCodes } from './verification-codes';

const OWNER = { accountId: 7, keyHash: 'ab'.repeat(32) };
const codesWith = (...fieldEncryptionKeys: string[]) =>
  new VerificationCodes({ fieldEncryptionKeys } as unknown as Settings);

describe('VerificationCodes', () => {
  const codes = codesWith('the-newest-field-key');

  it('are six digits, leading zeros among them', () => {
    const made = Array.from({ length: 2_000 }, () => codes.create());
    expect(made.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(made.some((code) => code.startsWith('0'))).toBe(true);
  });

  it('match their digest, for the account and the mail they were made for', () => {
    const digest = codes.digest('042137', OWNER);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(codes.matches('042137', digest, OWNER)).toBe(true);
    expect(codes.matches('042138', digest, OWNER)).toBe(false);
    expect(codes.matches('042137', digest, { ...OWNER, accountId: 8 })).toBe(false);
    expect(codes.matches('042137', digest, { ...OWNER, keyHash: 'cd'.repeat(32) })).toBe(false);
  });

  it('can’t be found from the table alone', () => {
    expect(codesWith('another-field-key').matches('042137', codes.digest('042137', OWNER), OWNER)).toBe(false);
  });

  it('outlive a change of keys', () => {
    const rotated = codesWith('a-newer-field-key', 'the-newest-field-key');
    expect(rotated.matches('042137', codes.digest('042137', OWNER), OWNER)).toBe(true);
    expect(rotated.digest('042137', OWNER)).not.toBe(codes.digest('042137', OWNER));
  });
});
