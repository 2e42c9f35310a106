import type { EntityTarget } from 'typeorm';
import { Account } from '../../src/auth/account/account.entity';
import { Post } from '../../src/content/post/post.entity';
import { PostEarly } from '../../src/content/post/post-early.entity';
import { PostTier } from '../../src/content/post/post-tier.entity';
import { CreatorCounter } from '../../src/content/follow/creator-counter.entity';
import { Follow } from '../../src/content/follow/follow.entity';
import { type Database, statement } from '../../src/infra/database/database';
import { Membership } from '../../src/subscription/membership/membership.entity';
import { Tier } from '../../src/subscription/tier/tier.entity';

let names = 0;

const SEARCH = statement(
  'test.feed-search',
  `insert into post_search (post_id, document) select id, setweight(to_tsvector('simple', title), 'A')
     || setweight(to_tsvector('simple', teaser), 'B') || setweight(to_tsvector('simple', body), 'C')
     from post where id = any($1)`,
  `insert into post_search (post_id, title, document)
     select id, title, concat_ws(' ', title, teaser, body) from post where id in ($1)`,
);

const COUNT = statement(
  'test.feed-count',
  `update creator_counter set post_count =
     (select count(*) from post where creator_id = $1 and counted = true) where account_id = $1`,
);

export const MINUTE_MS = 60_000;

/** Accounts, creators, posts and who reads them, written past the services: fast, and in any state. */
export class FeedSeed {
  constructor(
    private readonly database: Database,
    private readonly now = () => new Date(),
  ) {}

  async account(part: Partial<Account> = {}): Promise<number> {
    names += 1;
    const username = part.username ?? `seeded${names}`;
    const now = this.now();
    return this.insert(Account, {
      username,
      usernameKey: username,
      email: `seeded${names}@example.org`,
      emailKey: `seeded${names}@example.org`,
      passwordHash: null,
      roles: [],
      createdAt: now,
      updatedAt: now,
      ...part,
    });
  }

  async creator(part: Partial<Account> = {}): Promise<number> {
    const id = await this.account({ isCreator: true, ...part });
    await this.database.manager.insert(CreatorCounter, { accountId: id, followerCount: 0, postCount: 0 });
    return id;
  }

  /** Of an account that is there. */
  async makeCreator(id: number): Promise<void> {
    await this.database.manager.update(Account, { id }, { isCreator: true });
    await this.database.manager.insert(CreatorCounter, { accountId: id, followerCount: 0, postCount: 0 });
  }

  async follow(followerId: number, creatorId: number, createdAt = this.now()): Promise<void> {
    await this.database.manager.insert(Follow, { followerId, creatorId, createdAt });
  }

  async tier(creatorId: number, part: Partial<Tier> = {}): Promise<number> {
    const now = this.now();
    return this.insert(Tier, {
      creatorId,
      name: 'Gold',
      description: '',
      prices: '[{"currency":"INR","amount":19900}]',
      priceRank: 19900,
      isPublic: false,
      memberLimit: null,
      memberCount: 0,
      courseIds: '[]',
      version: 1,
      archivedAt: null,
      createdAt: now,
      updatedAt: now,
      ...part,
    });
  }

  async member(accountId: number, tierId: number, creatorId: number, part: Partial<Membership> = {}): Promise<void> {
    const now = this.now();
    await this.insert(Membership, {
      accountId,
      tierId,
      creatorId,
      accessUntil: null,
      startedAt: now,
      endedAt: null,
      createdAt: now,
      updatedAt: now,
      ...part,
    });
  }

  async post(creatorId: number, part: Partial<Post> & { tiers?: number[] } = {}): Promise<number> {
    const [id = 0] = await this.posts(creatorId, [part]);
    return id;
  }

  /** Public and out since now, unless told. */
  async posts(creatorId: number, parts: readonly (Partial<Post> & { tiers?: number[] })[]): Promise<number[]> {
    const now = this.now();
    const posts = parts.map(({ tiers, ...part }) => {
      names += 1;
      const publishAt = part.isDraft ? null : (part.publishAt ?? now);
      const listed = publishAt !== null && !part.hiddenAt;
      return {
        creatorId,
        kind: 'text',
        title: `Title ${names}`,
        teaser: '',
        body: `Body ${names}`,
        bodyHtml: `<p>Body ${names}</p>`,
        link: null,
        visibility: tiers === undefined ? 'public' : 'tiers',
        isDraft: false,
        hiddenAt: null,
        listed,
        counted: listed && publishAt <= now,
        likeCount: 0,
        commentCount: 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
        ...part,
        publishAt,
      } as Omit<Post, 'id'> & { id?: number };
    });
    await this.database.manager.insert(Post, posts);
    const made = posts.map(({ id }) => Number(id));
    const links = made.flatMap((id, index) => (parts[index]?.tiers ?? []).map((tierId) => ({ postId: id, tierId })));
    if (links.length > 0) await this.database.manager.insert(PostTier, links);
    await this.database.execute(SEARCH, [made]);
    await this.recount(creatorId);
    return made;
  }

  async early(postId: number, tierId: number, fromAt: Date): Promise<void> {
    await this.database.manager.insert(PostEarly, { postId, tierId, fromAt });
  }

  async remove(postId: number, creatorId: number): Promise<void> {
    await this.database.manager.delete(Post, { id: postId });
    await this.recount(creatorId);
  }

  /** TypeORM writes what the database counted into the entity, as text. */
  private async insert(entity: EntityTarget<{ id: number }>, row: object): Promise<number> {
    const inserted = this.database.manager.create(entity, row);
    await this.database.manager.insert(entity, inserted);
    return Number(inserted.id);
  }

  private async recount(creatorId: number): Promise<void> {
    await this.database.execute(COUNT, [creatorId]);
  }
}
