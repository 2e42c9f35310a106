import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { mapPage, type Page } from '../../common/page';
import type { Viewer } from '../../content/access/post-access.service';
import { type PostView, PostViewService } from '../../content/post/post-view.service';
import { parsePostPage, postPage, type PostPageQuery } from '../page/post-page.rules';
import { HomeRepository } from './home.repository';

@Injectable()
export class HomeService {
  constructor(
    private readonly posts: HomeRepository,
    private readonly views: PostViewService,
    private readonly clock: Clock,
  ) {}

  /** Two queries side by side. */
  async feed(viewer: Viewer, query: PostPageQuery, url: URL): Promise<Page<PostView>> {
    const request = parsePostPage(query);
    const now = this.clock.now();
    const [found, count] = await Promise.all([this.posts.page(viewer, now, request), this.posts.count(viewer, now)]);
    return mapPage(postPage(found, count, request, url), (row) => this.views.of(row, now));
  }
}
