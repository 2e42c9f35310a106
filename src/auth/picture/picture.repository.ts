import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

const KEY_OF = statement('picture.key-of', 'select storage_key from account_picture where account_id = $1 for update');

const ADD = statement('picture.add', 'insert into account_picture (account_id, storage_key) values ($1, $2)');

const REMOVE = statement('picture.remove', 'delete from account_picture where account_id = $1');

/** Whoever writes holds the lock of the account's row, or comes after it is gone. */
@Injectable()
export class PictureRepository {
  constructor(private readonly database: Database) {}

  /** Forgets the file, and gives its key where there was one. */
  async take(accountId: number): Promise<string | undefined> {
    const row = await this.database.first<{ storage_key: string }>(KEY_OF, [accountId]);
    if (row !== undefined) await this.database.execute(REMOVE, [accountId]);
    return row?.storage_key;
  }

  async add(accountId: number, storageKey: string): Promise<void> {
    await this.database.execute(ADD, [accountId, storageKey]);
  }
}
