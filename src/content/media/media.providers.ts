import type { Provider, Type } from '@nestjs/common';
import { MediaController } from './media.controller';
import { Media } from './media.entity';
import { MediaFileController } from './media-file.controller';
import { MediaLinkService } from './media-link.service';
import { MediaListener } from './media.listener';
import { MediaRepository } from './media.repository';
import { MediaService } from './media.service';
import { MediaUploadService } from './media-upload.service';
import { MediaSweeper } from './media.sweeper';
import { MediaUse } from './media-use.entity';
import { MediaUseService } from './media-use.service';
import { PostMedia } from './post-media.entity';

/** The part of ContentModule for files. */
export const MEDIA = {
  entities: [Media, MediaUse, PostMedia],
  controllers: [MediaController, MediaFileController] as Type[],
  providers: [
    ...[
      MediaLinkService,
      MediaRepository,
      MediaUploadService,
      MediaService,
      MediaListener,
      MediaSweeper,
      MediaUseService,
    ],
  ] as Provider[],
};
