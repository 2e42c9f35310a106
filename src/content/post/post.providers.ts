import type { Provider, Type } from '@nestjs/common';
import { Post } from './post.entity';
import { PostCounterRepository } from './post-counter.repository';
import { PostEarly } from './post-early.entity';
import { PostGateService } from './post-gate.service';
import { PostListingService } from './post-listing.service';
import { PostTier } from './post-tier.entity';
import { PostViewService } from './post-view.service';

/** The part of ContentModule for posts. */
export const POST = {
  entities: [Post, PostEarly, PostTier],
  controllers: [] as Type[],
  providers: [PostViewService, PostGateService, PostListingService, PostCounterRepository] as Provider[],
};
