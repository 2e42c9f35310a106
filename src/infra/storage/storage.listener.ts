import { Injectable } from '@nestjs/common';
import { OnFact } from '../outbox/on-fact';
import { FilesReleased, type FilesReleasedPayload } from './files-released.event';
import { Storage } from './storage';

@Injectable()
export class StorageListener {
  constructor(private readonly storage: Storage) {}

  @OnFact(FilesReleased.topic, 'storage.remove')
  async remove({ keys }: FilesReleasedPayload): Promise<void> {
    for (const key of keys) await this.storage.remove(key);
  }
}
