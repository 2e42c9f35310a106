import type { Provider, Type } from '@nestjs/common';
import { LikeController } from './like.controller';
import { LikeListener } from './like.listener';
import { LikeRepository } from './like.repository';
import { LikeService } from './like.service';
import { PostLike } from './post-like.entity';
import { ReactionCountRepository } from './reaction-count.repository';

/** The part of ContentModule for like. */
export const LIKE = {
  entities: [PostLike],
  controllers: [LikeController] as Type[],
  providers: [LikeRepository, LikeService, LikeListener, ReactionCountRepository] as Provider[],
};
