import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { ContentModule } from '../content/content.module';
import { PaymentModule } from '../payment/payment.module';
import { HomeController } from './home/home.controller';
import { HomeRepository } from './home/home.repository';
import { HomeService } from './home/home.service';
import { ProfileController } from './profile/profile.controller';
import { ProfileRepository } from './profile/profile.repository';
import { ProfileService } from './profile/profile.service';
import { CreatorTrigram } from './search/creator-trigram.entity';
import { CreatorNameBackfill } from './search/creator-name.backfill';
import { CreatorNameListener } from './search/creator-name.listener';
import { CreatorNameRepository } from './search/creator-name.repository';
import { CreatorNameService } from './search/creator-name.service';
import { PostSearchRepository } from './search/post-search.repository';
import { SearchController } from './search/search.controller';
import { SearchService } from './search/search.service';
import { StatsController } from './stats/stats.controller';
import { StatsRepository } from './stats/stats.repository';
import { StatsService } from './stats/stats.service';
import { TierMembersRepository } from './stats/tier-members.repository';

/** Reads across modules: home feed, profiles, search, statistics. */
@Module({
  imports: [TypeOrmModule.forFeature([CreatorTrigram]), AuthModule, PaymentModule, ContentModule],
  controllers: [HomeController, ProfileController, SearchController, StatsController],
  providers: [
    HomeService,
    HomeRepository,
    ProfileService,
    ProfileRepository,
    SearchService,
    PostSearchRepository,
    CreatorNameService,
    CreatorNameRepository,
    CreatorNameBackfill,
    CreatorNameListener,
    StatsService,
    StatsRepository,
    TierMembersRepository,
  ],
})
export class FeedModule {}
