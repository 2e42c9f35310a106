import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { ContentModule } from '../content/content.module';
import { HomeController } from './home/home.controller';
import { HomeRepository } from './home/home.repository';
import { HomeService } from './home/home.service';
import { ProfileController } from './profile/profile.controller';
import { ProfileRepository } from './profile/profile.repository';
import { ProfileService } from './profile/profile.service';
import { CreatorTrigram } from './search/creator-trigram.entity';
import { CreatorWord } from './search/creator-word.entity';

/** Reads across modules: home feed, profiles, search, statistics. */
@Module({
  imports: [TypeOrmModule.forFeature([CreatorWord, CreatorTrigram]), AuthModule, ContentModule],
  controllers: [HomeController, ProfileController],
  providers: [HomeService, HomeRepository, ProfileService, ProfileRepository],
})
export class FeedModule {}
