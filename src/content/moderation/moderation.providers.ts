import type { Provider, Type } from '@nestjs/common';
import { CommentBanRepository } from './comment-ban.repository';
import { CommentBan } from './comment-ban.entity';
import { ContentReport } from './content-report.entity';
import { ModerationLogRepository } from './moderation-log.repository';
import { ModerationAction } from './moderation-action.entity';

/** The part of ContentModule for moderation. */
export const MODERATION = {
  entities: [CommentBan, ContentReport, ModerationAction],
  controllers: [] as Type[],
  providers: [CommentBanRepository, ModerationLogRepository] as Provider[],
};
