import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { forbidden, notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { requireMatch } from '../../infra/http/etag';
import type { Viewer } from '../access/post-access.service';
import type { PostChangeRequest, PostRequest } from './dto/post.request';
import { rendered, wordsOf } from './markdown';
import { PostGateService } from './post-gate.service';
import { type VersionedPost, PostReaderService } from './post-reader.service';
import { PostReferenceRepository } from './post-reference.repository';
import { PostRepository, type StoredPost } from './post.repository';
import { changed, composed, type PostContent, withoutTiers } from './post.rules';
import { type KnownWords, PostWriter } from './post.writer';

/** What authors do with their posts. `ifMatch` is the request's header: 412 where it names another version. */
@Injectable()
export class PostService {
  constructor(
    private readonly posts: PostRepository,
    private readonly references: PostReferenceRepository,
    private readonly writer: PostWriter,
    private readonly reader: PostReaderService,
    private readonly gate: PostGateService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async create(request: PostRequest, author: Viewer): Promise<VersionedPost> {
    const now = this.clock.now();
    if (!(await this.references.isCreator(author.accountId))) throw forbidden();
    // Before the unit of work: this can take a while, and nothing should be held meanwhile.
    const body = rendered(request.body ?? '');
    const id = await this.unitOfWork.run(async () => {
      if (!(await this.references.holdCreator(author.accountId))) throw forbidden();
      return this.writer.add(author.accountId, composed(request, now), body, now);
    });
    return this.reader.get(id, author);
  }

  /** Absent fields stay as they are. */
  change(id: number, request: PostChangeRequest, author: Viewer, ifMatch?: string): Promise<VersionedPost> {
    const edited = (content: PostContent, now: Date): PostContent => changed(content, request, now);
    return this.edit(id, author, ifMatch, edited, request);
  }

  /** As `withoutTiers` says. */
  removeTiers(id: number, tiers: readonly number[], author: Viewer, ifMatch?: string): Promise<VersionedPost> {
    return this.edit(id, author, ifMatch, (content) => withoutTiers(content, tiers));
  }

  async remove(id: number, author: Viewer, ifMatch?: string): Promise<void> {
    await this.requireOwn(id, author);
    await this.unitOfWork.run(async () => {
      const { counted } = await this.held(id, ifMatch);
      await this.writer.remove([id], author.accountId, Number(counted));
    });
  }

  private async edit(
    id: number,
    author: Viewer,
    ifMatch: string | undefined,
    edited: (content: PostContent, now: Date) => PostContent,
    request: PostChangeRequest = {},
  ): Promise<VersionedPost> {
    await this.requireOwn(id, author);
    const body = request.body === undefined ? undefined : rendered(request.body);
    const known = body === undefined ? await this.wordsKept(id, request) : { body: request.body, text: body.text };
    await this.unitOfWork.run(async () => {
      const { content: before } = await this.held(id, ifMatch);
      // The time at which the row was got, so that of two edits the later one has the later time.
      const now = this.clock.now();
      await this.writer.change(
        id,
        author.accountId,
        { before, content: edited(before, now), html: body?.html, known },
        now,
      );
    });
    return this.reader.get(id, author);
  }

  /** Of the body that stays, where the words beside it change: found while nothing is held. */
  private async wordsKept(id: number, { title, teaser }: PostChangeRequest): Promise<KnownWords | undefined> {
    if (title === undefined && teaser === undefined) return undefined;
    const texts = await this.posts.texts(id);
    if (texts === undefined) return undefined;
    const stays = (title ?? texts.title) === texts.title && (teaser ?? texts.teaser) === texts.teaser;
    return stays ? undefined : { body: texts.body, text: wordsOf(texts.body) };
  }

  /** Asked before it is locked, so that nobody can hold up other people's posts. */
  private async requireOwn(id: number, author: Viewer): Promise<void> {
    const gate = await this.gate.look(id, author);
    if (gate === undefined) throw notFound();
    if (gate.creatorId !== author.accountId) throw forbidden();
  }

  private async held(id: number, ifMatch: string | undefined): Promise<StoredPost> {
    const post = await this.posts.held(id);
    if (post === undefined) throw notFound();
    requireMatch(ifMatch, post.version);
    return post;
  }
}
