import { Injectable } from '@nestjs/common';
import { type FieldErrors, invalid } from '../../common/domain-error';
import { invalidPk } from '../../infra/http/fields/pk.field';
import { type Rendered, wordsOf } from './markdown';

import { PostCounterRepository } from './post-counter.repository';
import { PostListingService } from './post-listing.service';
import { PostReferenceRepository } from './post-reference.repository';
import { PostSearchRepository } from './post-search.repository';
import { PostRepository } from './post.repository';
import type { PostContent } from './post.rules';

type References = Pick<PostContent, 'tiers' | 'early' | 'media'>;

export interface PostEdit {
  readonly before: PostContent;
  readonly content: PostContent;
  /** Undefined where the request names no body. */
  readonly html: string | undefined;
  readonly known: KnownWords | undefined;
}

/** The words of a body, found before the post's row was held: it may have another by now. */
export interface KnownWords {
  readonly body: string | undefined;
  readonly text: string;
}

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

  async add(creatorId: number, content: PostContent, { html, text }: Rendered, now: Date): Promise<number> {
    await this.check(creatorId, content, NONE);
    const id = await this.posts.add(creatorId, content, html, now);
    await this.name(id, content, NONE);
    await this.search.put(id, { ...content, body: text });
    await this.listing.settle(id);
    return id;
  }

  /** `before` is held. */
  async change(id: number, creatorId: number, { before, content, html, known }: PostEdit, now: Date): Promise<void> {
    await this.check(creatorId, content, before);
    await this.posts.change(id, content, html, now);
    await this.name(id, content, before);
    if (saysOther(content, before)) {
      // Seldom anew: only where somebody else has changed the body meanwhile.
      const body = known?.body === content.body ? known.text : wordsOf(content.body);
      await this.search.put(id, { ...content, body });
    }
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
    const isFree = await this.references.tiers([...new Set([...tiers, ...early])], creatorId);
    const unknownTier = tiers.find((id) => !isFree.has(id));
    const unknownEarly = early.find((id) => !isFree.has(id));
    const faults = {
      ...freeFault(early.find((id) => isFree.get(id))),
      ...faultOf('tiers', unknownTier),
      ...faultOf('early', unknownEarly),
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

/** A free tier is everybody's: there is nobody for whom it could open a post before the others. */
function freeFault(tier: number | undefined): FieldErrors {
  return tier === undefined ? {} : { early: [`Tier ${tier} is free: it opens nothing early.`] };
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
