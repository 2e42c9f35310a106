import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { notAuthenticated, notFound } from '../../common/domain-error';
import { Settings } from '../../infra/config/settings';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { FilesReleased } from '../../infra/storage/files-released.event';
import { FileTooLarge, keyOf, Storage } from '../../infra/storage/storage';
import { answerFile } from '../../infra/upload/file-answer';
import { squareImage } from '../../infra/upload/image';
import type { IncomingFile, IncomingUpload } from '../../infra/upload/incoming-upload';
import { sniff } from '../../infra/upload/sniff';
import { Spool } from '../../infra/upload/spool';
import { emptyFile, fileTooLarge, invalidImage } from '../../infra/upload/upload.errors';
import { AccountRepository } from '../account/account.repository';
import { AccountService } from '../account/account.service';
import type { PictureResponse } from './dto/picture.response';
import { PictureRepository } from './picture.repository';

const PIXELS = 512;
const CONTENT_TYPE = 'image/webp';
const FILE = /^([0-9a-f]{32})\.webp$/;

/** The pictures that people show of themselves: public, and never kept as they were sent. */
@Injectable()
export class PictureService {
  constructor(
    private readonly storage: Storage,
    private readonly pictures: PictureRepository,
    private readonly accounts: AccountRepository,
    private readonly profiles: AccountService,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  async replace(accountId: number, upload: IncomingUpload): Promise<PictureResponse> {
    const image = await Spool.use(async (spool) => {
      await upload.receive((file) => this.keep(file, spool));
      return squareImage(spool.path, PIXELS);
    });
    const name = randomBytes(16).toString('hex');
    const key = storageKey(name);
    const profile_pic = new URL(`/media/pictures/${name}.webp`, this.settings.publicUrl).toString();
    try {
      await this.storage.put(key, Readable.from([image]), { contentType: CONTENT_TYPE });
      await this.show(accountId, profile_pic, key);
      return { profile_pic };
    } catch (error) {
      await this.storage.remove(key);
      throw error;
    }
  }

  /** Whatever the profile shows, a picture of ours or another's URL. */
  remove(accountId: number): Promise<void> {
    return this.show(accountId, '');
  }

  /** Of an account that is gone. Repeatable. */
  forget(accountId: number): Promise<void> {
    return this.unitOfWork.run(() => this.letGo(accountId));
  }

  serve(file: string, reply: FastifyReply): Promise<StreamableFile | undefined> {
    const [, name] = FILE.exec(file) ?? [];
    if (name === undefined) throw notFound();
    // Another picture has another name.
    const cacheControl = 'public, max-age=31536000, immutable';
    return answerFile(this.storage, { key: storageKey(name), contentType: CONTENT_TYPE, cacheControl }, reply);
  }

  private async keep({ stream }: IncomingFile, spool: Spool): Promise<void> {
    const { type, isEmpty, stream: whole } = await sniff(stream);
    try {
      if (isEmpty) throw emptyFile();
      if (type?.kind !== 'image') throw invalidImage();
      await spool.keep(whole, this.settings.mediaMaxBytes);
    } catch (error) {
      whole.destroy();
      throw error instanceof FileTooLarge ? fileTooLarge(error.maxBytes) : error;
    }
  }

  private async show(accountId: number, profilePic: string, key?: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      if ((await this.accounts.lock(accountId)) === undefined) throw notAuthenticated();
      await this.letGo(accountId);
      if (key !== undefined) await this.pictures.add(accountId, key);
      await this.profiles.updateProfile(accountId, { profilePic });
    });
  }

  /** Inside a unit of work: the file goes after it is committed. */
  private async letGo(accountId: number): Promise<void> {
    const key = await this.pictures.take(accountId);
    if (key !== undefined) await this.outbox.publish(new FilesReleased([key]));
  }
}

function storageKey(name: string): string {
  return keyOf('pictures', name, '.webp');
}
