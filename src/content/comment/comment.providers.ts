import type { Provider, Type } from '@nestjs/common';
import { CommentController } from './comment.controller';
import { CommentListener } from './comment.listener';
import { CommentRemovalService } from './comment-removal.service';
import { CommentRepository } from './comment.repository';
import { CommentService } from './comment.service';
import { CommentViewRepository } from './comment-view.repository';
import { CommentWriter } from './comment.writer';
import { PostComment } from './post-comment.entity';

/** The part of ContentModule for comment. */
export const COMMENT = {
  entities: [PostComment],
  controllers: [CommentController] as Type[],
  providers: [
    CommentRepository,
    CommentViewRepository,
    CommentWriter,
    CommentRemovalService,
    CommentService,
    CommentListener,
  ] as Provider[],
};
