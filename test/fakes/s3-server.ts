import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';

export const S3_CREDENTIALS = {
  accessKeyId: 'AKIDGUILDHALLTEST',
  secretAccessKey: 'test-s3-secret/4f8a+1c9e7b',
} as const;

export type Mischief = 'busy' | 'cut-request' | 'cut-answer';

interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** What a bucket's server answers, as far as our client asks: signatures are checked, and it can misbehave. */
export class S3Server {
  readonly objects = new Map<string, StoredObject>();
  /** Uploads in parts that were neither completed nor aborted. */
  readonly uploads = new Map<string, Map<number, Buffer>>();
  /** `PUT /bucket/key`, as they came. */
  readonly calls: string[] = [];
  private readonly mischief: { readonly kind: Mischief; readonly method: string }[] = [];

  private constructor(
    private readonly server: Server,
    readonly bucket: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(bucket = 'media-bucket'): Promise<S3Server> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new S3Server(server, bucket);
  }

  get endpoint(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The server is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  get storageUrl(): string {
    const { accessKeyId, secretAccessKey } = S3_CREDENTIALS;
    const user = `${accessKeyId}:${encodeURIComponent(secretAccessKey)}`;
    const query = new URLSearchParams({ endpoint: this.endpoint, region: 'eu-test-1', path_style: 'true' });
    return `s3://${user}@${this.bucket}/files?${query.toString()}`;
  }

  /** At the next request with this method, once. */
  misbehave(kind: Mischief, method: string): void {
    this.mischief.push({ kind, method });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const url = new URL(request.url ?? '/', this.endpoint);
    this.calls.push(`${method} ${url.pathname}`);
    const mischief = this.nextMischief(method);
    if (mischief === 'cut-request') return void request.socket.destroy();
    const body = await buffer(request);
    if (mischief === 'busy') return fail(response, 503, 'SlowDown');
    if (!isSigned(request, url, body)) return fail(response, 403, 'SignatureDoesNotMatch');
    const prefix = `/${this.bucket}/`;
    if (!url.pathname.startsWith(prefix)) return fail(response, 404, 'NoSuchBucket');
    const key = decodeURIComponent(url.pathname.slice(prefix.length));
    switch (method) {
      case 'PUT':
        return this.put(key, url, body, request, response);
      case 'POST':
        return this.post(key, url, request, response);
      case 'GET':
      case 'HEAD':
        return this.get(key, request, response, mischief === 'cut-answer');
      case 'DELETE':
        this.delete(key, url);
        return void response.writeHead(204).end();
      default:
        return fail(response, 405, 'MethodNotAllowed');
    }
  }

  private nextMischief(method: string): Mischief | undefined {
    const index = this.mischief.findIndex((one) => one.method === method);
    return index === -1 ? undefined : this.mischief.splice(index, 1)[0]?.kind;
  }

  private put(key: string, url: URL, bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const uploadId = url.searchParams.get('uploadId');
    if (uploadId === null) {
      this.objects.set(key, { bytes, contentType: request.headers['content-type'] ?? '' });
      return void response.writeHead(200, { etag: etagOf(bytes) }).end();
    }
    const parts = this.uploads.get(uploadId);
    if (parts === undefined) return fail(response, 404, 'NoSuchUpload');
    parts.set(Number(url.searchParams.get('partNumber')), bytes);
    response.writeHead(200, { etag: etagOf(bytes) }).end();
  }

  private post(key: string, url: URL, request: IncomingMessage, response: ServerResponse): void {
    if (url.searchParams.has('uploads')) {
      const uploadId = `${randomUUID()} ${request.headers['content-type'] ?? ''}`;
      this.uploads.set(uploadId, new Map());
      const place = `<Bucket>${this.bucket}</Bucket><Key>${key}</Key>`;
      return xml(
        response,
        `<InitiateMultipartUploadResult>${place}<UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const uploadId = url.searchParams.get('uploadId') ?? '';
    const parts = this.uploads.get(uploadId);
    if (parts === undefined) return fail(response, 404, 'NoSuchUpload');
    const bytes = Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part));
    this.uploads.delete(uploadId);
    this.objects.set(key, { bytes, contentType: uploadId.slice(uploadId.indexOf(' ') + 1) });
    xml(response, `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`);
  }

  private get(key: string, request: IncomingMessage, response: ServerResponse, cut: boolean): void {
    const object = this.objects.get(key);
    if (object === undefined) return fail(response, 404, 'NoSuchKey');
    const { bytes, contentType } = object;
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const ranged = from !== undefined && to !== undefined;
    const part = ranged ? bytes.subarray(Number(from), Number(to) + 1) : bytes;
    response.writeHead(ranged ? 206 : 200, {
      'content-type': contentType,
      'content-length': part.length,
      etag: etagOf(bytes),
      ...(ranged && { 'content-range': `bytes ${from}-${to}/${bytes.length}` }),
    });
    if (request.method === 'HEAD') return void response.end();
    if (!cut) return void response.end(part);
    response.write(part.subarray(0, Math.floor(part.length / 2)), () => response.destroy());
  }

  private delete(key: string, url: URL): void {
    const uploadId = url.searchParams.get('uploadId');
    if (uploadId === null) this.objects.delete(key);
    else this.uploads.delete(uploadId);
  }
}

/** AWS Signature Version 4, as its documentation tells. */
function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^/]+\/s3\/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, accessKeyId, scope = '', names = '', signature] = pattern.exec(request.headers.authorization ?? '') ?? [];
  const payloadHash = String(request.headers['x-amz-content-sha256']);
  if (accessKeyId !== S3_CREDENTIALS.accessKeyId) return false;
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== sha256(body)) return false;
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), names, payloadHash].join('\n');
  const text = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const start: string | Buffer = `AWS4${S3_CREDENTIALS.secretAccessKey}`;
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), start);
  return hmac(key, text).toString('hex') === signature;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

function xml(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

function fail(response: ServerResponse, status: number, code: string): void {
  xml(response, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`, status);
}
