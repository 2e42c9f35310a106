import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SettingsReader } from './settings-reader';

export interface S3Settings {
  readonly kind: 's3';
  readonly bucket: string;
  /** Before every key: empty, or ending in a slash. */
  readonly prefix: string;
  /** Undefined: Amazon's own. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** The bucket stands in the path and not in the host's name. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface StorageSettings {
  readonly storage: { readonly kind: 'disk'; readonly directory: string } | S3Settings;
  /** Of one file, in bytes. */
  readonly mediaMaxBytes: number;
  /** Of all files of an account together, in bytes. */
  readonly mediaQuotaBytes: number;
}

const GIBIBYTE = 1_073_741_824;
const PARAMETERS = new Set(['endpoint', 'region', 'path_style']);

export function readStorage(reader: SettingsReader, dataDir: string): StorageSettings {
  return {
    storage: readPlace(reader, dataDir),
    mediaMaxBytes: reader.integer('MEDIA_MAX_BYTES', 26_214_400, 1, 100 * GIBIBYTE),
    mediaQuotaBytes: reader.integer('MEDIA_QUOTA', 5 * GIBIBYTE, 1, Number.MAX_SAFE_INTEGER),
  };
}

function readPlace(reader: SettingsReader, dataDir: string): StorageSettings['storage'] {
  const url = reader.url('STORAGE_URL', ['file:', 's3:']);
  if (url?.protocol === 's3:') return readBucket(reader, url);
  return { kind: 'disk', directory: (url && readDirectory(reader, url)) ?? join(dataDir, 'media') };
}

function readDirectory(reader: SettingsReader, url: URL): string | undefined {
  try {
    const directory = fileURLToPath(url);
    if (isAbsolute(directory) && directory !== '/') return directory;
  } catch {
    // Another host's, or a path that no file system knows.
  }
  reader.fault('STORAGE_URL must name an absolute directory, as in file:///var/lib/guildhall/media');
  return undefined;
}

function readBucket(reader: SettingsReader, url: URL): S3Settings {
  const { searchParams } = url;
  const unknown = [...searchParams.keys()].filter((name) => !PARAMETERS.has(name));
  if (unknown.length > 0) reader.fault(`STORAGE_URL knows the parameters ${[...PARAMETERS].join(', ')} only`);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) {
    reader.fault('STORAGE_URL must name a bucket, as in s3://bucket/prefix');
  }
  const accessKeyId = reader.text('S3_ACCESS_KEY_ID') ?? decoded(url.username);
  const secretAccessKey = reader.text('S3_SECRET_ACCESS_KEY') ?? decoded(url.password);
  if (!accessKeyId) reader.fault('S3_ACCESS_KEY_ID is missing, which STORAGE_URL needs');
  if (!secretAccessKey) reader.fault('S3_SECRET_ACCESS_KEY is missing, which STORAGE_URL needs');
  const endpoint = readEndpoint(reader, searchParams.get('endpoint'));
  const path = decoded(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    kind: 's3',
    bucket: url.hostname,
    prefix: path === '' ? '' : `${path}/`,
    endpoint,
    region: searchParams.get('region') ?? 'us-east-1',
    pathStyle: readPathStyle(reader, searchParams.get('path_style')) ?? endpoint !== undefined,
    accessKeyId,
    secretAccessKey,
  };
}

function readEndpoint(reader: SettingsReader, text: string | null): string | undefined {
  if (text === null) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '') return url.toString();
  reader.fault('the endpoint of STORAGE_URL must be an http:// or https:// URL');
  return undefined;
}

function readPathStyle(reader: SettingsReader, text: string | null): boolean | undefined {
  if (text === null) return undefined;
  if (text !== 'true' && text !== 'false') reader.fault('path_style of STORAGE_URL must be true or false');
  return text === 'true';
}

/** What is no percent-encoding stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
