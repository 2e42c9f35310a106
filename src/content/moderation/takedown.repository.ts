import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

export interface TakenDown {
  readonly creator_id: number;
  readonly hidden_at: Date | null;
}

const LOCK = statement('takedown.lock', 'select creator_id, hidden_at from post where id = $1 for update');

const SET = statement('takedown.set', 'update post set hidden_at = $2 where id = $1');

@Injectable()
export class TakedownRepository {
  constructor(private readonly database: Database) {}

  lock(postId: number): Promise<TakenDown | undefined> {
    return this.database.first<TakenDown>(LOCK, [postId]);
  }

  async setHidden(postId: number, hiddenAt: Date | null): Promise<void> {
    await this.database.execute(SET, [postId, hiddenAt]);
  }
}
