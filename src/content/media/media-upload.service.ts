import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { forbidden, notAuthenticated } from '../../common/domain-error';
import { Settings } from '../../infra/config/settings';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { FileTooLarge, newKey, Storage } from '../../infra/storage/storage';
import { describeImage } from '../../infra/upload/image';
import type { IncomingFile, IncomingUpload } from '../../infra/upload/incoming-upload';
import { sniff } from '../../infra/upload/sniff';
import { Spool } from '../../infra/upload/spool';
import { emptyFile, fileTooLarge, unknownType } from '../../infra/upload/upload.errors';
import { MediaLinkService, type MediaView } from './media-link.service';
import { quotaReached } from './media.errors';
import { type MediaOwner, MediaRepository, type NewMedia } from './media.repository';

export const KNOWN_TYPES = 'PNG, JPEG, WebP, GIF, AVIF, MP3, M4A, Ogg, WAV, FLAC, WebM, MP4, MOV, PDF';

type Draft = Omit<NewMedia, 'width' | 'height' | 'previewKey'>;

@Injectable()
export class MediaUploadService {
  private readonly logger = new Logger(MediaUploadService.name);

  constructor(
    private readonly storage: Storage,
    private readonly media: MediaRepository,
    private readonly links: MediaLinkService,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** The file goes to the storage as it arrives; only when all of it is there it gets a row. For creators only. */
  async upload(accountId: number, upload: IncomingUpload): Promise<MediaView> {
    expectCreator(await this.media.owner(accountId));
    const keys: string[] = [];
    try {
      return await this.add(await this.stored(accountId, upload, keys));
    } catch (error) {
      await this.discard(keys);
      throw error;
    }
  }

  /** Every key is named in `keys` before anything is stored under it. */
  private async stored(accountId: number, upload: IncomingUpload, keys: string[]): Promise<NewMedia> {
    const room = this.settings.mediaQuotaBytes - (await this.media.usedBy(accountId));
    if (room <= 0) throw quotaReached(this.settings.mediaQuotaBytes);
    return Spool.use(async (spool) => {
      const draft = await upload.receive((file) => this.keep(accountId, file, { room, spool, keys }));
      if (draft.kind !== 'image') return { ...draft, width: null, height: null, previewKey: null };
      const { width, height, preview } = await describeImage(spool.path);
      const previewKey = named(keys, newKey('previews'));
      await this.storage.put(previewKey, Readable.from([preview]), { contentType: 'image/webp' });
      return { ...draft, width, height, previewKey };
    });
  }

  private async keep(
    ownerId: number,
    { name, stream }: IncomingFile,
    { room, spool, keys }: { room: number; spool: Spool; keys: string[] },
  ): Promise<Draft> {
    const { type, isEmpty, stream: whole } = await sniff(stream);
    if (type === undefined) {
      whole.destroy();
      throw isEmpty ? emptyFile() : unknownType(KNOWN_TYPES);
    }
    const storageKey = named(keys, newKey('media'));
    const source = type.kind === 'image' ? spool.copying(whole) : whole;
    const maxBytes = Math.min(this.settings.mediaMaxBytes, room);
    try {
      const size = await this.storage.put(storageKey, source, { contentType: type.contentType, maxBytes });
      return { ownerId, ...type, name, size, storageKey };
    } catch (error) {
      whole.destroy();
      if (!(error instanceof FileTooLarge)) throw error;
      const { mediaMaxBytes, mediaQuotaBytes } = this.settings;
      throw maxBytes < mediaMaxBytes ? quotaReached(mediaQuotaBytes) : fileTooLarge(mediaMaxBytes);
    }
  }

  /** Uploads of one account come one after another here, so that all together keep to the quota. */
  private async add(media: NewMedia): Promise<MediaView> {
    const now = this.clock.now();
    const { ownerId, kind, contentType: content_type, name, size, width, height, previewKey } = media;
    const id = await this.unitOfWork.run(async () => {
      expectCreator(await this.media.lockOwner(ownerId));
      const quota = this.settings.mediaQuotaBytes;
      if ((await this.media.usedBy(ownerId)) + size > quota) throw quotaReached(quota);
      return this.media.add(media, now);
    });
    return this.links.view(
      { id, kind, content_type, name, size, width, height, has_preview: previewKey !== null },
      now,
    );
  }

  private async discard(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.storage.remove(key).catch((error: unknown) => this.logger.warn(`${key} was left behind`, error));
    }
  }
}

function expectCreator(owner: MediaOwner | undefined): void {
  // Credentials outlive a closed account by minutes.
  if (owner === undefined) throw notAuthenticated();
  if (!owner.isCreator) throw forbidden();
}

function named(keys: string[], key: string): string {
  keys.push(key);
  return key;
}
