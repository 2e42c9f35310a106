import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import { mapPage, MOST_PAGED, type Page, pageOf, parseShallowPage } from '../../common/page';
import { viewerOf } from '../access/post-access.service';
import { PostGateService } from '../post/post-gate.service';
import { CommentRemovalService } from './comment-removal.service';
import { mayDelete, mayEdit } from './comment.rules';
import { type CommentRow, type CommentViewer, CommentViewRepository } from './comment-view.repository';
import { CommentWriter } from './comment.writer';
import type { CommentQuery, CommentRequest } from './dto/comment.request';
import { CommentResponse } from './dto/comment.response';

/** What readers do with comments. */
@Injectable()
export class CommentService {
  constructor(
    private readonly view: CommentViewRepository,
    private readonly writer: CommentWriter,
    private readonly removal: CommentRemovalService,
    private readonly gate: PostGateService,
    private readonly clock: Clock,
  ) {}

  async create(request: CommentRequest, user: Principal): Promise<CommentResponse> {
    const id = await this.writer.add(request, user);
    const row = await this.view.one(id, commentViewerOf(user));
    // It was there a moment ago: somebody who may has deleted it, or its post.
    if (row === undefined) throw notFound();
    return CommentResponse.of(row);
  }

  /** Of a post, the first MOST_PAGED. Two queries: the post with its count, and its comments. */
  async find(query: CommentQuery, user: Principal | undefined, url: URL): Promise<Page<CommentResponse>> {
    const page = parseShallowPage(query);
    const viewer = commentViewerOf(user);
    const post = await this.view.gate(query.content, viewerOf(user), viewer.seesHidden, this.clock.now());
    if (post === undefined) throw notFound();
    if (!post.open) throw forbidden();
    const rows = await this.view.ofPost(query.content, viewer, page);
    return mapPage(pageOf(rows, Math.min(post.count, MOST_PAGED), page, url), CommentResponse.of);
  }

  async get(id: number, user: Principal | undefined): Promise<CommentResponse> {
    return CommentResponse.of(await this.readable(id, user));
  }

  /** A comment of a post that is open to the caller. */
  async readable(id: number, user: Principal | undefined): Promise<CommentRow> {
    const row = await this.view.one(id, commentViewerOf(user));
    if (row === undefined) throw notFound();
    await this.expectOpen(row.post_id, user);
    return row;
  }

  /** Absent: it stays as it is. */
  async edit(id: number, body: string | undefined, user: Principal): Promise<CommentResponse> {
    const row = await this.readable(id, user);
    if (row.state === 'deleted') throw notFound();
    if (!mayEdit(user, row)) throw forbidden();
    if (body !== undefined) await this.writer.edit(row, body, user.accountId);
    return this.get(id, user);
  }

  /** One's own also where the post is not open any more. */
  async remove(id: number, user: Principal): Promise<void> {
    const comment = await this.view.one(id, commentViewerOf(user));
    if (comment === undefined || comment.state === 'deleted') throw notFound();
    if (!mayDelete(user, comment)) {
      await this.expectOpen(comment.post_id, user);
      throw forbidden();
    }
    await this.removal.remove(id, comment.post_id, user.accountId);
  }

  private async expectOpen(postId: number, user: Principal | undefined): Promise<void> {
    const post = await this.gate.look(postId, viewerOf(user));
    if (post === undefined) throw notFound();
    if (!post.open) throw forbidden();
  }
}

function commentViewerOf(user: Principal | undefined): CommentViewer {
  const { accountId, isAdmin } = viewerOf(user);
  return { accountId, seesHidden: isAdmin };
}
