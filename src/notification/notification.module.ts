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
import { NewsService } from './live/news.service';
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

/** The bell, its live stream, and mails about it. It listens to facts; no module calls it. */
@Module({
  imports: [TypeOrmModule.forFeature([Notification, NotificationBox, NotificationPreference]), AuthModule],
  controllers: [BellController],
  providers: [...bell, ...deliver, ...listen, NewsService],
})
export class NotificationModule {}
