import { isIP } from 'node:net';
import type { SettingsReader } from './settings-reader';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

export interface ServerSettings {
  readonly isProduction: boolean;
  readonly port: number;
  readonly host: string;
  /** Where people reach us, without a trailing slash in its path. */
  readonly publicUrl: URL;
  readonly spaOrigins: readonly string[];
  /** Proxies whose X-Forwarded-* headers are believed: addresses, CIDRs or loopback, linklocal, uniquelocal. */
  readonly trustProxy: readonly string[];
  /** CIDRs that outgoing webhooks may reach besides the public internet; none in production. */
  readonly outboundAllow: readonly string[];
  readonly webConcurrency: number;
  readonly rateLimits: boolean;
  readonly redisUrl: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Between failing readiness and closing the door, so that a load balancer sees it. */
  readonly shutdownDelaySeconds: number;
}

export function readServer(reader: SettingsReader): ServerSettings {
  const { isProduction } = reader;
  const port = reader.integer('PORT', 8000, 0, 65_535);
  const rateLimits = reader.flag('RATE_LIMITS', true);
  if (isProduction && !rateLimits) reader.fault('RATE_LIMITS=off is for load tests, not for production');
  if (isProduction && reader.text('OUTBOUND_ALLOW') !== undefined) {
    reader.fault('OUTBOUND_ALLOW opens private networks to outgoing webhooks; it is not for production');
  }
  reader.allOrNone(['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET']);
  reader.allOrNone(['FACEBOOK_CLIENT_ID', 'FACEBOOK_CLIENT_SECRET']);
  reader.allOrNone(['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET']);
  return {
    isProduction,
    port,
    host: reader.text('HOST') ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: readPublicUrl(reader, port),
    spaOrigins: reader.list('SPA_ORIGINS').map((origin) => readOrigin(reader, origin)),
    trustProxy: reader.list('TRUST_PROXY').filter((proxy) => isProxy(reader, proxy)),
    outboundAllow: reader.list('OUTBOUND_ALLOW').filter((network) => isNetwork(reader, network)),
    webConcurrency: reader.integer('WEB_CONCURRENCY', 1, 1, 64),
    rateLimits,
    redisUrl: reader.url('REDIS_URL', ['redis:', 'rediss:'])?.toString(),
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    shutdownDelaySeconds: reader.seconds('SHUTDOWN_DELAY', isProduction ? 5 : 0, 0),
  };
}

function readPublicUrl(reader: SettingsReader, port: number): URL {
  const url = reader.url('PUBLIC_URL', ['http:', 'https:']);
  if (url === undefined && reader.isProduction) reader.fault('PUBLIC_URL is missing');
  return url ?? new URL(`http://localhost:${port}`);
}

function readOrigin(reader: SettingsReader, text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin !== text.replace(/\/$/, ''))
    reader.fault('SPA_ORIGINS must be a list of origins such as https://app.example.org');
  return origin;
}

function isProxy(reader: SettingsReader, text: string): boolean {
  const [address = '', prefix = '32'] = text.split('/');
  const version = isIP(address);
  const fits =
    NAMED_NETWORKS.includes(text) ||
    (version > 0 && /^\d+$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
  if (!fits) reader.fault('TRUST_PROXY must be a list of addresses or CIDRs');
  return fits;
}

function isNetwork(reader: SettingsReader, text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  const isPrefix = /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
  const fits = version > 0 && isPrefix && more.length === 0;
  if (!fits) reader.fault('OUTBOUND_ALLOW must be a list of CIDRs');
  return fits;
}
