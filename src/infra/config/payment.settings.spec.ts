import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment, type RawEnvironment } from './environment';
import { readPayment, type PaymentSettings } from './payment.settings';
import { SettingsReader } from './settings-reader';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guildhall-payment-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

interface Read extends PaymentSettings {
  readonly faults: string;
  readonly warnings: string;
}

function read(values: RawEnvironment = {}): Read {
  const reader = new SettingsReader(loadEnvironment(values));
  const settings = readPayment(reader, dataDir);
  return { ...settings, faults: reader.faults.join('\n'), warnings: reader.warnings.join('\n') };
}

const GIVEN = {
  RAZORPAY_KEY_ID: 'rzp_live_1DP5mmOlF5G5ag',
  RAZORPAY_KEY_SECRET: 'thiskeyisgiven',
  RAZORPAY_WEBHOOK_SECRET: 'newest-one, older-one',
};
const PRODUCTION = { NODE_ENV: 'production' };

describe('the settings of payments', () => {
  it('simulate without a key, with keys that stay', () => {
    const { razorpay, faults, graceDays } = read();
    expect(razorpay).toMatchObject({ simulated: true, baseUrl: undefined });
    expect(razorpay?.keyId).toMatch(/^rzp_test_/);
    expect(razorpay?.webhookSecrets).toHaveLength(1);
    expect(read().razorpay).toEqual(razorpay);
    expect(faults).toBe('');
    expect(graceDays).toBe(7);
  });

  it('never simulate in production: without a key nothing is sold', () => {
    expect(read(PRODUCTION)).toMatchObject({ razorpay: undefined, faults: '' });
  });

  it.each([PRODUCTION, {}])('go to Razorpay with a key (%j)', (environment) => {
    expect(read({ ...environment, ...GIVEN })).toMatchObject({
      faults: '',
      warnings: '',
      razorpay: {
        keyId: 'rzp_live_1DP5mmOlF5G5ag',
        keySecret: 'thiskeyisgiven',
        webhookSecrets: ['newest-one', 'older-one'],
        baseUrl: 'https://api.razorpay.com',
        simulated: false,
      },
    });
  });

  it.each(['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET'])('need %s with the others', (name) => {
    expect(read({ ...GIVEN, [name]: '' }).faults).toContain(name);
  });

  it('need keys where only the address is given', () => {
    expect(read({ RAZORPAY_BASE_URL: 'http://localhost:8100' }).faults).toContain('RAZORPAY_KEY_ID');
  });

  it.each([
    ['http://localhost:8100', {}, 'http://localhost:8100'],
    ['http://simulator:8100/', {}, 'http://simulator:8100'],
    ['http://127.0.0.1:8100', PRODUCTION, 'http://127.0.0.1:8100'],
    ['https://razorpay.example.org', PRODUCTION, 'https://razorpay.example.org'],
  ])('take %s as the address (%j)', (url, environment, baseUrl) => {
    expect(read({ ...environment, ...GIVEN, RAZORPAY_BASE_URL: url })).toMatchObject({
      razorpay: { baseUrl },
      faults: '',
    });
  });

  it.each([
    ['https://api.razorpay.com/v1', {}],
    ['https://user:pass@api.razorpay.com', {}],
    ['https://api.razorpay.com?a=b', {}],
    ['ftp://api.razorpay.com', {}],
    ['http://api.razorpay.com', PRODUCTION],
    ['http://127.0.0.1.example.org', PRODUCTION],
  ])('refuse %s as the address (%j)', (url, environment) => {
    expect(read({ ...environment, ...GIVEN, RAZORPAY_BASE_URL: url }).faults).toContain('RAZORPAY_BASE_URL');
  });

  it('refuse a key that is none of Razorpay’s, and warn of a test key in production', () => {
    expect(read({ ...GIVEN, RAZORPAY_KEY_ID: 'rzp_1' }).faults).toContain('RAZORPAY_KEY_ID');
    const test = { ...GIVEN, RAZORPAY_KEY_ID: 'rzp_test_1DP5mmOlF5G5ag' };
    expect(read({ ...PRODUCTION, ...test }).warnings).toContain('RAZORPAY_KEY_ID');
    expect(read(test).warnings).toBe('');
  });

  it('never show a value in a fault', () => {
    const { faults } = read({ RAZORPAY_KEY_ID: 'rzp_odd_secret', RAZORPAY_BASE_URL: 'ftp://odd-secret' });
    expect(faults).not.toBe('');
    expect(faults).not.toMatch(/odd.secret/);
  });

  it('read the days of grace', () => {
    expect(read({ GRACE_DAYS: '0' }).graceDays).toBe(0);
    expect(read({ GRACE_DAYS: '-1' }).faults).toContain('GRACE_DAYS');
  });
});
