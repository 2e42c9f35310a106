import { Injectable, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { mapPage, type Page, type PageQuery, pageOf, parsePage } from '../../common/page';
import { isForeignKeyViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { FilesReleased } from '../../infra/storage/files-released.event';
import { Storage } from '../../infra/storage/storage';
import { type AnsweredFile, answerFile } from '../../infra/upload/file-answer';
import { contentDisposition } from '../../infra/upload/file-name.rules';
import { MEDIA_VARIANTS, MediaLinkService, type MediaVariant, type MediaView } from './media-link.service';
import { linkEnded, mediaInUse } from './media.errors';
import { MediaRepository, type ServedMedia, type StoredMedia } from './media.repository';

const BATCH = 100;

/** A link's own parts, as a client sends them. */
export interface SignedLink {
  readonly id: number;
  readonly variant: string;
  readonly expires: unknown;
  readonly signature: unknown;
}

@Injectable()
export class MediaService {
  constructor(
    private readonly media: MediaRepository,
    private readonly links: MediaLinkService,
    private readonly storage: Storage,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async page(accountId: number, query: PageQuery, url: URL): Promise<Page<MediaView>> {
    const page = parsePage(query);
    const rows = await this.media.page(accountId, page);
    const now = this.clock.now();
    return mapPage(pageOf(rows, await this.media.count(accountId), page, url), (row) => this.links.view(row, now));
  }

  async read(id: number, accountId: number): Promise<MediaView> {
    const row = await this.media.own(id, accountId);
    if (row === undefined) throw notFound();
    return this.links.view(row, this.clock.now());
  }

  async remove(id: number, accountId: number): Promise<void> {
    try {
      await this.unitOfWork.run(async () => {
        const row = await this.media.lock(id, accountId);
        if (row === undefined) throw notFound();
        await this.release([row]);
      });
    } catch (error) {
      throw isForeignKeyViolation(error) ? mediaInUse() : error;
    }
  }

  /** The file behind a link of ours, whoever holds it. */
  async serve(
    { id, variant, expires, signature }: SignedLink,
    reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const now = this.clock.now();
    const kind = MEDIA_VARIANTS.find((known) => known === variant);
    if (kind === undefined) throw notFound();
    const end = typeof expires === 'string' && /^\d{1,12}$/.test(expires) ? Number(expires) : 0;
    if (typeof signature !== 'string' || !this.links.holds(id, kind, end, signature, now)) throw linkEnded();
    const row = await this.media.served(id);
    if (row === undefined) throw notFound();
    const seconds = Math.max(0, Math.floor(end - now.getTime() / 1000));
    return answerFile(this.storage, answered(row, kind, `private, max-age=${seconds}`), reply);
  }

  /** Repeatable. Throws while something still shows one of the files, so that it is tried again when that is gone. */
  async forget(accountId: number): Promise<void> {
    for (;;) {
      const rows = await this.media.unused(accountId, BATCH);
      if (rows.length > 0) await this.unitOfWork.run(() => this.release(rows));
      if (rows.length < BATCH) break;
    }
    if ((await this.media.count(accountId)) > 0) throw new Error('files of the account are still in use');
  }

  /** Files of before `limit` that nothing shows. How many there were. Repeatable; on several instances at once, too. */
  async sweep(limit: Date): Promise<number> {
    for (let swept = 0, last = 0; ;) {
      const ids = await this.media.abandoned(last, limit, BATCH);
      swept += await this.unitOfWork.run(() => this.releaseUnused(ids));
      if (ids.length < BATCH) return swept;
      last = ids.at(-1) ?? last;
    }
  }

  private async releaseUnused(ids: readonly number[]): Promise<number> {
    const rows = ids.length === 0 ? [] : await this.media.holdUnused(ids);
    if (rows.length > 0) await this.release(rows);
    return rows.length;
  }

  /** Inside a unit of work: the files go after it is committed. */
  private async release(rows: readonly StoredMedia[]): Promise<void> {
    await this.media.remove(rows.map(({ id }) => id));
    const keys = rows.flatMap(({ storage_key, preview_key }) => [storage_key, preview_key ?? []].flat());
    await this.outbox.publish(new FilesReleased(keys));
  }
}

function answered(row: ServedMedia, variant: MediaVariant, cacheControl: string): AnsweredFile {
  if (variant === 'preview') {
    if (row.preview_key === null) throw notFound();
    const disposition = contentDisposition('inline', `${row.name}.webp`);
    return { key: row.preview_key, contentType: 'image/webp', cacheControl, disposition };
  }
  // What a browser would run in a viewer of its own is downloaded.
  const disposition = contentDisposition(row.kind === 'document' ? 'attachment' : 'inline', row.name);
  return { key: row.storage_key, contentType: row.content_type, size: row.size, cacheControl, disposition };
}
