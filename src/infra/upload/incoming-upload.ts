import type { Readable } from 'node:stream';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { unsupportedMediaType } from '../http/transport-errors';
import { fileName } from './file-name.rules';
import { multipartError, noFile, notAFile, severalFiles, tooManyParts } from './upload.errors';

export interface IncomingFile {
  /** Harmless to show, never empty; no path. */
  readonly name: string;
  readonly stream: Readable;
}

const FILE = 'file';
const LIMITS = { fieldNameSize: 100, fieldSize: 10_000, fields: 10, files: 1, parts: 12, headerPairs: 20 };

/** The multipart body of a request, not yet read. */
export class IncomingUpload {
  constructor(private readonly request: FastifyRequest) {}

  /**
   * Hands the one part `file` to `take`, which reads or destroys its stream; what else the form holds is ignored. Throws
   * where the body isn't whole, holds no file or several: `take` may have succeeded before.
   */
  async receive<T>(take: (file: IncomingFile) => Promise<T>): Promise<T> {
    this.refuseOthers();
    try {
      return await this.read(take);
    } finally {
      // What is left of a refused body must arrive somewhere, or the client would never look for the answer.
      this.request.raw.unpipe();
      this.request.raw.resume();
    }
  }

  private refuseOthers(): void {
    const { raw, headers } = this.request;
    const type = headers['content-type'];
    if (!this.request.isMultipart()) throw type === undefined ? noFile() : unsupportedMediaType(type);
    // Hung up before anybody listened.
    if (raw.destroyed) throw multipartError();
  }

  private async read<T>(take: (file: IncomingFile) => Promise<T>): Promise<T> {
    const taken: T[] = [];
    // Longer files are the business of whoever takes them.
    const parts = this.request.parts({ limits: { ...LIMITS, fileSize: Infinity } });
    for (let part = await next(parts); part !== undefined; part = await next(parts)) {
      if (part.type === 'field') {
        if (part.fieldname === FILE) throw notAFile();
        continue;
      }
      if (part.fieldname !== FILE) throw noFile();
      taken.push(await handOver(part, take));
    }
    const [result] = taken;
    if (taken.length === 0) throw noFile();
    return result as T;
  }
}

/** `@Upload() upload: IncomingUpload`, on routes marked `@AcceptsMultipart()`. */
export const Upload = createParamDecorator(
  (_: unknown, context: ExecutionContext) => new IncomingUpload(context.switchToHttp().getRequest<FastifyRequest>()),
);

async function next(parts: AsyncIterableIterator<Multipart>): Promise<Multipart | undefined> {
  try {
    const step: IteratorResult<Multipart, undefined> = await parts.next();
    return step.value;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'FST_FILES_LIMIT') throw severalFiles();
    throw code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT' ? tooManyParts() : multipartError();
  }
}

async function handOver<T>({ file, filename }: MultipartFile, take: (file: IncomingFile) => Promise<T>): Promise<T> {
  try {
    return await take({ name: fileName(filename), stream: file });
  } catch (error) {
    // Only the parser ends it with an error: whoever takes it closes it without one.
    throw file.errored ? multipartError() : error;
  }
}
