import type { Provider, Type } from '@nestjs/common';
import { CommentBan } from './comment-ban.entity';
import { ContentReport } from './content-report.entity';
import { ModerationAction } from './moderation-action.entity';

/** The part of ContentModule for moderation. */
export const MODERATION = {
  entities: [CommentBan, ContentReport, ModerationAction],
  controllers: [] as Type[],
  providers: [] as Provider[],
};
