import { createRequire } from 'node:module';
import { Global, Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { DiskStorage } from './disk-storage';
import { Storage } from './storage';
import { StorageListener } from './storage.listener';

const load = createRequire(__filename);

const storage = {
  provide: Storage,
  inject: [Settings],
  useFactory: ({ storage: place }: Settings): Storage => {
    if (place.kind === 'disk') return new DiskStorage(place.directory);
    // Amazon's client is large, and few need it.
    const { S3Storage } = load('./s3-storage') as typeof import('./s3-storage');
    return new S3Storage(place);
  },
};

@Global()
@Module({ providers: [storage, StorageListener], exports: [Storage] })
export class StorageModule {}
