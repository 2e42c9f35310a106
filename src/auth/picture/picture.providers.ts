import { AccountPicture } from './account-picture.entity';
import { PictureController } from './picture.controller';
import { PictureFileController } from './picture-file.controller';
import { PictureListener } from './picture.listener';
import { PictureRepository } from './picture.repository';
import { PictureService } from './picture.service';

/** The part of AuthModule for profile pictures. */
export const PICTURE = {
  entities: [AccountPicture],
  controllers: [PictureController, PictureFileController],
  providers: [PictureRepository, PictureService, PictureListener],
};
