import type { Provider, Type } from '@nestjs/common';
import { CreatorCounter } from './creator-counter.entity';
import { FollowController, UserCreatorController } from './follow.controller';
import { Follow } from './follow.entity';
import { FollowListener } from './follow.listener';
import { FollowRepository } from './follow.repository';
import { FollowService } from './follow.service';

/** The part of ContentModule for follow. */
export const FOLLOW = {
  entities: [CreatorCounter, Follow],
  controllers: [FollowController, UserCreatorController] as Type[],
  providers: [FollowRepository, FollowService, FollowListener] as Provider[],
};
