import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../infra/database/database';
import { EncryptionKey } from './encryption-key.entity';

@Injectable()
export class EncryptionKeyRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  live(): Promise<EncryptionKey[]> {
    return this.database.manager.find(EncryptionKey, { where: { retiredAt: IsNull() }, order: { generation: 'DESC' } });
  }

  /** Newest first, the retired ones among them. */
  all(): Promise<EncryptionKey[]> {
    return this.database.manager.find(EncryptionKey, { order: { generation: 'DESC' } });
  }

  async add(key: Omit<EncryptionKey, 'id'>): Promise<void> {
    await this.database.manager.insert(EncryptionKey, key);
  }

  /** False where there is no such live key. */
  async retire(kid: string, at: Date): Promise<boolean> {
    const { affected } = await this.database.manager.update(
      EncryptionKey,
      { kid, retiredAt: IsNull() },
      { retiredAt: at },
    );
    return affected === 1;
  }
}
