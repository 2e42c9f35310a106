import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { invalidPage, mapPage, offsetOf, type Page, pageOf, parsePage, SHORT_PAGE_LIMITS } from '../../common/page';
import type { Viewer } from '../access/post-access.service';
import type { PostQuery } from './dto/post.request';
import { MOST_COUNTED, PostListRepository } from './post-list.repository';
import { type PostView, PostViewService } from './post-view.service';

/** A post, and the version that `If-Match` speaks of: what its author wrote, not who looks at it. */
export interface VersionedPost {
  readonly version: number;
  readonly post: PostView;
}

/** Posts as a viewer may see them. */
@Injectable()
export class PostReaderService {
  constructor(
    private readonly posts: PostListRepository,
    private readonly views: PostViewService,
    private readonly clock: Clock,
  ) {}

  async get(id: number, viewer: Viewer): Promise<VersionedPost> {
    const now = this.clock.now();
    const row = await this.posts.byId(id, viewer, now);
    if (row === undefined) throw notFound();
    return { version: row.version, post: this.views.of(row, now) };
  }

  /** What the viewer may know of, newest first; of the viewer's own, named as `creator`, also what isn't out. */
  async find(query: PostQuery, viewer: Viewer, url: URL): Promise<Page<PostView>> {
    const now = this.clock.now();
    const page = parsePage(query, SHORT_PAGE_LIMITS);
    const { creator } = query;
    // More are not counted, and to read up to there would be for nothing.
    if (creator === undefined && offsetOf(page) >= MOST_COUNTED) throw invalidPage();
    const [rows, count] = await Promise.all(
      creator === undefined
        ? [this.posts.all(viewer, now, page), this.posts.countAll(viewer, now)]
        : creator === viewer.accountId
          ? [this.posts.own(viewer, now, page), this.posts.countOwn(viewer)]
          : [this.posts.ofCreator(creator, viewer, now, page), this.posts.countOfCreator(creator, viewer, now)],
    );
    return mapPage(pageOf(rows, count, page, url), (row) => this.views.of(row, now));
  }
}
