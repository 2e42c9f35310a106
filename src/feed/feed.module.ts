import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { ContentModule } from '../content/content.module';
import { CreatorTrigram } from './search/creator-trigram.entity';
import { CreatorWord } from './search/creator-word.entity';

/** Reads across modules: home feed, profiles, search, statistics. */
@Module({
  imports: [TypeOrmModule.forFeature([CreatorWord, CreatorTrigram]), AuthModule, ContentModule],
  controllers: [],
  providers: [],
})
export class FeedModule {}
