import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import type { Viewer } from '../../content/access/post-access.service';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { NewsService } from '../live/news.service';
import { bellItem } from './bell-item.rules';
import { beforeOf, isAsked, maxOf, NEWEST } from './bell-query.rules';
import { BellRepository } from './bell.repository';
import type { BellQuery } from './dto/bell.request';
import type { BellCounts, BellResponse } from './dto/bell.response';
import { idOfSlug } from './slug.rules';

/** How many are read in one transaction. */
const BATCH = 2_000;

/** Somebody's own notifications. Counters change in the transaction that changes what they count. */
@Injectable()
export class BellService {
  constructor(
    private readonly bell: BellRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly news: NewsService,
    private readonly clock: Clock,
  ) {}

  /** As it was before `mark_as_read` marked it. A stranger's is empty. */
  async list(viewer: Viewer, query: BellQuery): Promise<BellResponse> {
    const max = maxOf(query.max);
    const below = beforeOf(query.before);
    if (below === undefined) throw notFound();
    if (viewer.accountId === 0) return { unread_count: 0, unread_list: [], all_count: 0, all_list: [] };
    const { unread, total, rows } = await this.bell.list(viewer, this.clock.now(), below, max);
    const items = rows.map(bellItem);
    const unreadItems = items.filter((item) => item.unread).slice(0, max);
    if (isAsked(query.mark_as_read))
      await this.read(
        viewer.accountId,
        unreadItems.map(({ id }) => id),
      );
    return { unread_count: unread, unread_list: unreadItems, all_count: total, all_list: items.slice(0, max) };
  }

  /** Repeatable. */
  async set(accountId: number, slug: string, unread: boolean): Promise<BellCounts> {
    const id = this.idOf(slug);
    await this.unitOfWork.run(async () => {
      await this.bell.hold(accountId);
      if (await this.bell.set(accountId, id, unread)) await this.changed(accountId, unread ? 1 : -1, 0);
      else if (!(await this.bell.isThere(accountId, id))) throw notFound();
    });
    return this.counts(accountId);
  }

  /** All that was there when it was asked for, in batches: what comes meanwhile stays unread. */
  async readAll(accountId: number): Promise<BellCounts> {
    let [newest] = await this.bell.someUnread(accountId, NEWEST, 1);
    while (newest !== undefined) {
      const ids = await this.bell.someUnread(accountId, newest, BATCH);
      await this.read(accountId, ids);
      newest = ids.length === BATCH ? ids.at(-1) : undefined;
    }
    return this.counts(accountId);
  }

  async remove(accountId: number, slug: string): Promise<void> {
    const id = this.idOf(slug);
    await this.unitOfWork.run(async () => {
      await this.bell.hold(accountId);
      const wasUnread = await this.bell.remove(accountId, id);
      if (wasUnread === undefined) throw notFound();
      await this.changed(accountId, wasUnread ? -1 : 0, -1);
    });
  }

  private async read(accountId: number, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await this.unitOfWork.run(async () => {
      await this.bell.hold(accountId);
      const read = await this.bell.readThese(accountId, ids);
      if (read > 0) await this.changed(accountId, -read, 0);
    });
  }

  /** Inside the unit of work that holds the box. */
  private async changed(accountId: number, unread: number, total: number): Promise<void> {
    await this.bell.count(accountId, unread, total);
    this.unitOfWork.afterCommit(() => this.news.tell([accountId]));
  }

  private async counts(accountId: number): Promise<BellCounts> {
    const { unread, total } = await this.bell.counts(accountId);
    return { unread_count: unread, all_count: total };
  }

  private idOf(slug: string): number {
    const id = idOfSlug(slug);
    if (id === undefined) throw notFound();
    return id;
  }
}
