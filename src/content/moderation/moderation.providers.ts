import type { Provider, Type } from '@nestjs/common';
import { CommentBan } from './comment-ban.entity';
import { CommentBanRepository } from './comment-ban.repository';
import { CommentBanService } from './comment-ban.service';
import { CommentModerationService } from './comment-moderation.service';
import { ContentReport } from './content-report.entity';
import { ModerationAction } from './moderation-action.entity';
import { ModerationAdminController } from './moderation.admin.controller';
import { ModerationController } from './moderation.controller';
import { ModerationListener } from './moderation.listener';
import { ModerationLogRepository } from './moderation-log.repository';
import { ModerationTrailService } from './moderation-trail.service';
import { ReportRepository } from './report.repository';
import { ReportService } from './report.service';
import { TakedownRepository } from './takedown.repository';
import { TakedownService } from './takedown.service';

/** The part of ContentModule for moderation. */
export const MODERATION = {
  entities: [CommentBan, ContentReport, ModerationAction],
  controllers: [ModerationController, ModerationAdminController] as Type[],
  providers: [
    ...[CommentBanRepository, ModerationLogRepository, ReportRepository, TakedownRepository],
    ...[CommentModerationService, CommentBanService, ReportService, TakedownService, ModerationTrailService],
    ModerationListener,
  ] as Provider[],
};
