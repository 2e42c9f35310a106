import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Settings } from '../config/storage.settings';
import { type ByteRange, checkedKey, counted, type OpenFile, type PutOptions, Storage } from './storage';

/** What is held in memory of a file under way. */
const PART_BYTES = 5 * 1_048_576;
const CONNECT_MS = 5_000;
const SILENCE_MS = 30_000;

/** A bucket of Amazon's or of a server that speaks its language. */
export class S3Storage extends Storage {
  private readonly client: S3Client;

  constructor(private readonly settings: S3Settings) {
    super();
    const { endpoint, region, pathStyle, accessKeyId, secretAccessKey } = settings;
    this.client = new S3Client({
      endpoint,
      region,
      forcePathStyle: pathStyle,
      credentials: { accessKeyId, secretAccessKey },
      // Trailing checksums are Amazon's alone: other servers store them as a part of the file.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    });
  }

  async put(key: string, stream: Readable, { contentType, maxBytes }: PutOptions): Promise<number> {
    let size = 0;
    const Body = Readable.from(
      counted(stream, maxBytes, (bytes) => void (size = bytes)),
      { objectMode: false },
    );
    const upload = new Upload({
      client: this.client,
      params: { ...this.place(key), Body, ContentType: contentType },
      queueSize: 1,
      partSize: PART_BYTES,
      // Parts of a file that failed are given back.
      leavePartsOnError: false,
    });
    try {
      await upload.done();
      return size;
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  async open(key: string, range?: ByteRange): Promise<OpenFile | undefined> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    try {
      const { Body, ContentLength, ContentRange } = await this.client.send(
        new GetObjectCommand({ ...this.place(key), Range }),
      );
      if (!(Body instanceof Readable)) throw new Error('The bucket answered without a body');
      return { stream: Body, size: Number(ContentRange?.split('/')[1] ?? ContentLength) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.place(key)));
  }

  private place(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: this.settings.prefix + checkedKey(key) };
  }
}

function isMissing(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'NoSuchKey';
}
