import type { Provider, Type } from '@nestjs/common';
import { Post } from './post.entity';
import { PostEarly } from './post-early.entity';
import { PostTier } from './post-tier.entity';
import { PostViewService } from './post-view.service';

/** The part of ContentModule for posts. */
export const POST = {
  entities: [Post, PostEarly, PostTier],
  controllers: [] as Type[],
  providers: [PostViewService] as Provider[],
};
