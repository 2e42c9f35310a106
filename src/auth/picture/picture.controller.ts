import { Controller, Delete, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { Fails } from '../../infra/docs/fails';
import { AcceptsMultipart } from '../../infra/http/accepts-multipart';
import { Envelope } from '../../infra/http/envelope';
import { IncomingUpload, Upload } from '../../infra/upload/incoming-upload';
import {
  emptyFile,
  fileTooLarge,
  invalidImage,
  multipartError,
  noFile,
  notAFile,
  severalFiles,
} from '../../infra/upload/upload.errors';
import { PictureResponse } from './dto/picture.response';
import { PictureService } from './picture.service';

@ApiTags('Account')
@Controller('authenticate/rest-auth/user/picture')
@Envelope('drf')
export class PictureController {
  constructor(private readonly pictures: PictureService) {}

  @Put()
  @Authenticated()
  @AcceptsMultipart('PNG, JPEG, WebP, GIF or AVIF.')
  @ApiOperation({ summary: 'Upload my picture', description: 'Its middle becomes a WebP of 512 by 512 pixels.' })
  @ApiOkResponse({ type: PictureResponse })
  @Fails(noFile(), notAFile(), emptyFile(), severalFiles(), invalidImage(), multipartError(), fileTooLarge(26_214_400))
  replace(@CurrentUser() { accountId }: Principal, @Upload() upload: IncomingUpload): Promise<PictureResponse> {
    return this.pictures.replace(accountId, upload);
  }

  @Delete()
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ summary: 'Show no picture of me' })
  @ApiNoContentResponse()
  remove(@CurrentUser() { accountId }: Principal): Promise<void> {
    return this.pictures.remove(accountId);
  }
}
