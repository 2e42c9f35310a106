import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError, notFound } from '../../common/domain-error';
import type { Storage } from '../storage/storage';
import { matches } from '../http/etag';
import { rangeOf } from './byte-range.rules';

export interface AnsweredFile {
  readonly key: string;
  readonly contentType: string;
  /** Undefined: it is answered whole, whatever part is asked for. */
  readonly size?: number;
  readonly cacheControl: string;
  readonly disposition?: string;
}

/** Whatever a file holds, in a browser it runs nothing; other origins' pages may show it. */
const SAFE = {
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/**
 * A file of the storage as an answer to `reply`'s request: all of it, or the part that was asked for. Nothing, which is a
 * 304, for whoever has it: what is stored under a key never changes.
 */
export async function answerFile(
  storage: Storage,
  file: AnsweredFile,
  reply: FastifyReply,
): Promise<StreamableFile | undefined> {
  const { headers, method } = reply.request;
  const etag = `"${file.key.replaceAll('/', '').replace(/\..*$/, '')}"`;
  const known = headers['if-none-match'];
  if (known !== undefined && matches(known, etag)) {
    void reply.code(304).headers({ 'cache-control': file.cacheControl, etag });
    return undefined;
  }
  // Only GET knows of ranges (RFC 9110, 14.2).
  const isRanged = method === 'GET' && file.size !== undefined && (headers['if-range'] ?? etag) === etag;
  const range = isRanged ? rangeOf(headers.range, file.size) : undefined;
  if (range === 'unsatisfiable') throw rangeNotSatisfiable(file.size);
  const opened = await storage.open(file.key, range);
  if (opened === undefined) throw notFound();
  const { stream, size } = opened;
  void reply.headers({
    ...SAFE,
    'content-type': file.contentType,
    'content-length': range === undefined ? size : range.end - range.start + 1,
    'cache-control': file.cacheControl,
    etag,
    ...(file.size !== undefined && { 'accept-ranges': 'bytes' }),
    ...(file.disposition !== undefined && { 'content-disposition': file.disposition }),
  });
  if (range !== undefined) {
    void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  }
  return new StreamableFile(stream);
}

export function rangeNotSatisfiable(size = 1000): DomainError<'range_not_satisfiable'> {
  return new DomainError('range-not-satisfiable', 'range_not_satisfiable', 'The file has no such part.', {
    headers: { 'Content-Range': `bytes */${size}` },
  });
}
