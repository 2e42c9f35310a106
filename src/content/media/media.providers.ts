import type { Provider, Type } from '@nestjs/common';
import { Media } from './media.entity';
import { PostMedia } from './post-media.entity';
import { MediaLinkService } from './media-link.service';

/** The part of ContentModule for files. */
export const MEDIA = {
  entities: [Media, PostMedia],
  controllers: [] as Type[],
  providers: [MediaLinkService] as Provider[],
};
