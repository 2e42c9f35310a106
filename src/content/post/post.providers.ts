import type { Provider, Type } from '@nestjs/common';
import { PostClosingService } from './post-closing.service';
import { PostController } from './post.controller';
import { PostCounterRepository } from './post-counter.repository';
import { Post } from './post.entity';
import { PostEarly } from './post-early.entity';
import { PostGateService } from './post-gate.service';
import { PostListRepository } from './post-list.repository';
import { PostListener } from './post.listener';
import { PostListingService } from './post-listing.service';
import { PostReaderService } from './post-reader.service';
import { PostReferenceRepository } from './post-reference.repository';
import { PostRepository } from './post.repository';
import { PostSearchRepository } from './post-search.repository';
import { PostService } from './post.service';
import { PostTier } from './post-tier.entity';
import { PostViewService } from './post-view.service';
import { PostWriter } from './post.writer';
import { PublishingJob } from './publishing.job';
import { RemoveTiersController } from './remove-tiers.controller';

/** The part of ContentModule for posts. */
export const POST = {
  entities: [Post, PostEarly, PostTier],
  controllers: [PostController, RemoveTiersController] as Type[],
  providers: [
    ...[PostViewService, PostGateService, PostReaderService, PostService, PostListingService, PostClosingService],
    ...[PostRepository, PostReferenceRepository, PostListRepository, PostSearchRepository, PostCounterRepository],
    ...[PostWriter, PostListener, PublishingJob],
  ] as Provider[],
};
