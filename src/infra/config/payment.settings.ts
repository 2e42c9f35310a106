import { developmentSecrets } from './development-secrets';
import type { SettingsReader } from './settings-reader';

const KEYS = ['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET'] as const;
const RAZORPAY = 'https://api.razorpay.com';
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

export interface RazorpaySettings {
  /** Shown to every checkout. */
  readonly keyId: string;
  readonly keySecret: string;
  /** Newest first: all verify. */
  readonly webhookSecrets: readonly string[];
  /** An origin; undefined where it is simulated: the simulator has one when it has started. */
  readonly baseUrl: string | undefined;
  /** No key is given, outside production: no money moves. */
  readonly simulated: boolean;
}

export interface PaymentSettings {
  /** Undefined in production without a key: nothing is sold. */
  readonly razorpay: RazorpaySettings | undefined;
  /** How long access outlasts a charge that failed, while Razorpay tries again. */
  readonly graceDays: number;
}

export function readPayment(reader: SettingsReader, dataDir: string): PaymentSettings {
  return {
    razorpay: readRazorpay(reader, dataDir),
    graceDays: reader.integer('GRACE_DAYS', 7, 0, 365),
  };
}

function readRazorpay(reader: SettingsReader, dataDir: string): RazorpaySettings | undefined {
  const baseUrl = readBaseUrl(reader);
  reader.allOrNone(baseUrl === undefined ? KEYS : [...KEYS, 'RAZORPAY_BASE_URL']);
  const keyId = reader.text('RAZORPAY_KEY_ID');
  if (keyId === undefined) return reader.isProduction ? undefined : simulated(dataDir);
  if (!/^rzp_(?:test|live)_[A-Za-z0-9]+$/.test(keyId)) {
    reader.fault('RAZORPAY_KEY_ID must look like rzp_live_… or rzp_test_…');
  }
  if (reader.isProduction && keyId.startsWith('rzp_test_')) {
    reader.warn('RAZORPAY_KEY_ID is a test key: no money moves');
  }
  return {
    keyId,
    keySecret: reader.text('RAZORPAY_KEY_SECRET') ?? '',
    webhookSecrets: reader.list('RAZORPAY_WEBHOOK_SECRET'),
    baseUrl: baseUrl ?? RAZORPAY,
    simulated: false,
  };
}

function simulated(dataDir: string): RazorpaySettings {
  const generated = developmentSecrets(dataDir);
  return {
    keyId: generated.RAZORPAY_KEY_ID,
    keySecret: generated.RAZORPAY_KEY_SECRET,
    webhookSecrets: [generated.RAZORPAY_WEBHOOK_SECRET],
    baseUrl: undefined,
    simulated: true,
  };
}

function readBaseUrl(reader: SettingsReader): string | undefined {
  const url = reader.url('RAZORPAY_BASE_URL', ['https:', 'http:']);
  if (url === undefined) return undefined;
  if (url.href !== `${url.origin}/`) {
    reader.fault('RAZORPAY_BASE_URL must be an origin such as https://api.razorpay.com, without /v1');
  }
  if (reader.isProduction && url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    reader.fault('RAZORPAY_BASE_URL must start with https:// in production: the key would travel in the clear');
  }
  return url.origin;
}
