import { Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { BellController } from './bell/bell.controller';
import { BellRepository } from './bell/bell.repository';
import { BellService } from './bell/bell.service';
import { BoxCheckJob } from './bell/box-check.job';
import { BoxCheckRepository } from './bell/box-check.repository';
import { NotificationBox } from './bell/notification-box.entity';
import { Notification } from './bell/notification.entity';
import { NoticeRepository } from './deliver/notice.repository';
import { NoticeWriter } from './deliver/notice-writer';
import { PostAudienceRepository } from './deliver/post-audience.repository';
import { PostFanOut } from './deliver/post-fan-out';
import { ReaderRepository } from './deliver/reader.repository';
import { CommentAudienceRepository } from './listen/comment-audience.repository';
import { AccountListener } from './listen/account.listener';
import { NotificationAccountRepository } from './listen/account.repository';
import { CommissionNoticeListener } from './listen/commission.listener';
import { ContentListener } from './listen/content.listener';
import { EnrolmentListener } from './listen/enrolment.listener';
import { MembershipLifeRepository } from './listen/membership-life.repository';
import { MoneyListener } from './listen/money.listener';
import { SecurityListener } from './listen/security.listener';
import { NEWS_BUS } from './live/news-bus.provider';
import { NewsService } from './live/news.service';
import { StreamHub } from './live/stream-hub';
import { StreamController } from './live/stream.controller';
import { StreamService } from './live/stream.service';
import { DigestJob } from './mail/digest.job';
import { DigestPlanner } from './mail/digest-planner';
import { MailDueListener } from './mail/mail-due.listener';
import { NotificationMailLinks } from './mail/mail-links';
import { NotificationMailRepository } from './mail/mail.repository';
import { UnsubscribeTokens } from './mail/unsubscribe-tokens';
import { PreferenceController } from './preference/preference.controller';
import { PreferenceRepository } from './preference/preference.repository';
import { PreferenceService } from './preference/preference.service';
import { UnsubscribeController } from './preference/unsubscribe.controller';
import { UnsubscribeService } from './preference/unsubscribe.service';
import { NotificationPreference } from './preference/notification-preference.entity';
import { NotificationRetentionJob } from './retention/retention.job';
import { RetentionRepository } from './retention/retention.repository';

const bell: Provider[] = [BellRepository, BellService, BoxCheckRepository, BoxCheckJob];
const deliver: Provider[] = [ReaderRepository, NoticeRepository, NoticeWriter, PostAudienceRepository, PostFanOut];
const listen: Provider[] = [
  CommentAudienceRepository,
  ContentListener,
  MembershipLifeRepository,
  MoneyListener,
  EnrolmentListener,
  CommissionNoticeListener,
  SecurityListener,
  AccountListener,
  NotificationAccountRepository,
];

const live: Provider[] = [NEWS_BUS, NewsService, StreamHub, StreamService];

const mail: Provider[] = [
  NotificationMailRepository,
  NotificationMailLinks,
  UnsubscribeTokens,
  MailDueListener,
  DigestPlanner,
  DigestJob,
];
const preference: Provider[] = [PreferenceRepository, PreferenceService, UnsubscribeService];
const retention: Provider[] = [RetentionRepository, NotificationRetentionJob];

/** The bell, its live stream, and mails about it. It listens to facts; no module calls it. */
@Module({
  imports: [TypeOrmModule.forFeature([Notification, NotificationBox, NotificationPreference]), AuthModule],
  controllers: [StreamController, PreferenceController, UnsubscribeController, BellController],
  providers: [...bell, ...deliver, ...listen, ...live, ...mail, ...preference, ...retention],
})
export class NotificationModule {}
