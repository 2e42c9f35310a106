import { Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { BellController } from './bell/bell.controller';
import { BellRepository } from './bell/bell.repository';
import { BellService } from './bell/bell.service';
import { NotificationBox } from './bell/notification-box.entity';
import { Notification } from './bell/notification.entity';
import { NoticeRepository } from './deliver/notice.repository';
import { NoticeWriter } from './deliver/notice-writer';
import { PostAudienceRepository } from './deliver/post-audience.repository';
import { PostFanOut } from './deliver/post-fan-out';
import { ReaderRepository } from './deliver/reader.repository';
import { CommentAudienceRepository } from './listen/comment-audience.repository';
import { ContentListener } from './listen/content.listener';
import { EnrolmentListener } from './listen/enrolment.listener';
import { MoneyListener } from './listen/money.listener';
import { SecurityListener } from './listen/security.listener';
import { NEWS_BUS } from './live/news-bus.provider';
import { NewsService } from './live/news.service';
import { StreamHub } from './live/stream-hub';
import { StreamController } from './live/stream.controller';
import { StreamService } from './live/stream.service';
import { NotificationPreference } from './preference/notification-preference.entity';

const bell: Provider[] = [BellRepository, BellService];
const deliver: Provider[] = [ReaderRepository, NoticeRepository, NoticeWriter, PostAudienceRepository, PostFanOut];
const listen: Provider[] = [
  CommentAudienceRepository,
  ContentListener,
  MoneyListener,
  EnrolmentListener,
  SecurityListener,
];

const live: Provider[] = [NEWS_BUS, NewsService, StreamHub, StreamService];

/** The bell, its live stream, and mails about it. It listens to facts; no module calls it. */
@Module({
  imports: [TypeOrmModule.forFeature([Notification, NotificationBox, NotificationPreference]), AuthModule],
  controllers: [StreamController, BellController],
  providers: [...bell, ...deliver, ...listen, ...live],
})
export class NotificationModule {}
