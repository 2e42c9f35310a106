import { Module, type Provider, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { SubscriptionModule } from '../subscription/subscription.module';
import { COMMENT } from './comment/comment.providers';
import { FOLLOW } from './follow/follow.providers';
import { LIKE } from './like/like.providers';
import { MEDIA } from './media/media.providers';
import { MediaLinkService } from './media/media-link.service';
import { MediaUseService } from './media/media-use.service';
import { MODERATION } from './moderation/moderation.providers';
import { POST } from './post/post.providers';
import { PostReaderService } from './post/post-reader.service';
import { PostViewService } from './post/post-view.service';

interface Part {
  readonly entities: Type[];
  readonly controllers: Type[];
  readonly providers: Provider[];
}

const PARTS: readonly Part[] = [POST, MEDIA, LIKE, COMMENT, FOLLOW, MODERATION];

/** What creators publish, and what readers do with it. */
@Module({
  imports: [TypeOrmModule.forFeature(PARTS.flatMap(({ entities }) => entities)), AuthModule, SubscriptionModule],
  controllers: PARTS.flatMap(({ controllers }) => controllers),
  providers: PARTS.flatMap(({ providers }) => providers),
  exports: [PostReaderService, PostViewService, MediaLinkService, MediaUseService],
})
export class ContentModule {}
