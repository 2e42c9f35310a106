import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { mapPage, type Page, type PageQuery, pageOf, parsePage, SHORT_PAGE_LIMITS } from '../../common/page';
import type { Viewer } from '../../content/access/post-access.service';
import { type PostView, PostViewService } from '../../content/post/post-view.service';
import { CreatorNameService } from './creator-name.service';
import type { SearchRequest } from './dto/search.request';
import type { SearchResponse } from './dto/search.response';
import { PostSearchRepository } from './post-search.repository';

@Injectable()
export class SearchService {
  constructor(
    private readonly creators: CreatorNameService,
    private readonly found: PostSearchRepository,
    private readonly views: PostViewService,
    private readonly clock: Clock,
  ) {}

  /** Two queries side by side: creators, and posts with their count. */
  async search({ q, ...query }: SearchRequest, viewer: Viewer, url: URL): Promise<SearchResponse> {
    const [creators, posts] = await Promise.all([this.creators.find(q), this.posts(q, query, viewer, url)]);
    return { creators, posts };
  }

  private async posts(text: string, query: PageQuery, viewer: Viewer, url: URL): Promise<Page<PostView>> {
    const request = parsePage(query, SHORT_PAGE_LIMITS);
    const now = this.clock.now();
    const rows = await this.found.matches(text, viewer, now, request);
    return mapPage(pageOf(rows, rows[0]?.match_count ?? 0, request, url), (row) => this.views.of(row, now));
  }
}
