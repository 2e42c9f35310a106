import { Injectable } from '@nestjs/common';
import { type FieldErrors, invalid } from '../../common/domain-error';
import { rendered } from './markdown';
import { invalidPk } from './pk-list.field';
import { PostCounterRepository } from './post-counter.repository';
import { PostListingService } from './post-listing.service';
import { PostReferenceRepository } from './post-reference.repository';
import { PostSearchRepository } from './post-search.repository';
import { PostRepository } from './post.repository';
import type { PostContent } from './post.rules';

type References = Pick<PostContent, 'tiers' | 'early' | 'media'>;

const NONE: References = { tiers: [], early: [], media: [] };

/** Writes a post and all that is kept beside it: what it names, its words, the counters. Only inside a unit of work. */
@Injectable()
export class PostWriter {
  constructor(
    private readonly posts: PostRepository,
    private readonly references: PostReferenceRepository,
    private readonly search: PostSearchRepository,
    private readonly listing: PostListingService,
    private readonly counters: PostCounterRepository,
  ) {}

  async add(creatorId: number, content: PostContent, now: Date): Promise<number> {
    const { html, text } = rendered(content.body);
    await this.check(creatorId, content, NONE);
    const id = await this.posts.add(creatorId, content, html, now);
    await this.name(id, content, NONE);
    await this.search.put(id, { ...content, body: text });
    await this.listing.settle(id);
    return id;
  }

  /** `before` is held. */
  async change(id: number, creatorId: number, before: PostContent, content: PostContent, now: Date): Promise<void> {
    const { html, text } = rendered(content.body);
    await this.check(creatorId, content, before);
    await this.posts.change(id, content, html, now);
    await this.name(id, content, before);
    if (saysOther(content, before)) await this.search.put(id, { ...content, body: text });
    await this.listing.settle(id);
  }

  /** Posts of one creator, held; `counted` of them are in the creator's number of posts. */
  async remove(ids: readonly number[], creatorId: number, counted: number): Promise<void> {
    await this.posts.remove(ids);
    if (counted > 0) await this.counters.add(creatorId, -counted);
  }

  /** What a post already names it may go on naming, archived or not. */
  private async check(creatorId: number, content: References, before: References): Promise<void> {
    const tiers = added(content.tiers, before.tiers);
    const early = added(tiersOf(content.early), tiersOf(before.early));
    const media = added(content.media, before.media);
    const unknown = new Set(await this.references.unknownTiers([...new Set([...tiers, ...early])], creatorId));
    const faults = {
      ...faultOf(
        'tiers',
        tiers.find((id) => unknown.has(id)),
      ),
      ...faultOf(
        'early',
        early.find((id) => unknown.has(id)),
      ),
      ...faultOf('media', (await this.references.unknownMedia(media, creatorId))[0]),
    };
    if (Object.keys(faults).length > 0) throw invalid(faults);
  }

  private async name(id: number, content: References, before: References): Promise<void> {
    if (content.tiers !== before.tiers) await this.posts.nameTiers(id, content.tiers);
    if (content.early !== before.early) await this.posts.nameEarly(id, content.early);
    if (content.media !== before.media) await this.posts.nameMedia(id, content.media);
  }
}

function faultOf(field: string, pk: number | undefined): FieldErrors {
  return pk === undefined ? {} : { [field]: [invalidPk(pk)] };
}

function tiersOf(early: PostContent['early']): number[] {
  return early.map(({ tier }) => tier);
}

function added(ids: readonly number[], before: readonly number[]): number[] {
  return ids.filter((id) => !before.includes(id));
}

function saysOther(one: PostContent, other: PostContent): boolean {
  return one.title !== other.title || one.teaser !== other.teaser || one.body !== other.body;
}
