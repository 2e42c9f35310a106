import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PostCounterRepository } from './post-counter.repository';
import { PostRepository } from './post.repository';

/** Small, because likes and comments go with them. */
const BATCH = 50;

/** Removes the posts of a closed account, and what was counted of it. Repeatable. */
@Injectable()
export class PostClosingService {
  constructor(
    private readonly posts: PostRepository,
    private readonly counters: PostCounterRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async close(accountId: number): Promise<void> {
    while ((await this.unitOfWork.run(() => this.removeSome(accountId))) === BATCH);
    await this.counters.forget(accountId);
  }

  private async removeSome(accountId: number): Promise<number> {
    const ids = await this.posts.someOf(accountId, BATCH);
    if (ids.length > 0) await this.posts.remove(ids);
    return ids.length;
  }
}
