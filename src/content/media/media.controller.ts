import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden } from '../../common/domain-error';
import type { Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { AcceptsMultipart } from '../../infra/http/accepts-multipart';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PagedQuery } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { IncomingUpload, Upload } from '../../infra/upload/incoming-upload';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import {
  emptyFile,
  fileTooLarge,
  invalidImage,
  multipartError,
  noFile,
  notAFile,
  severalFiles,
  tooManyParts,
  unknownType,
} from '../../infra/upload/upload.errors';
import { MediaView } from './media-link.service';
import { mediaInUse, quotaReached } from './media.errors';
import { MediaService } from './media.service';
import { KNOWN_TYPES, MediaUploadService } from './media-upload.service';

@ApiTags('Media')
@Controller('content/api/media')
@Envelope('drf')
export class MediaController {
  constructor(
    private readonly uploads: MediaUploadService,
    private readonly media: MediaService,
  ) {}

  @Post()
  @Authenticated()
  @RateLimit('upload')
  @AcceptsMultipart(`${KNOWN_TYPES}; its bytes tell which, and not what its sender says.`)
  @ApiOperation({
    summary: 'Uploads a file, for a post',
    description: 'Creators only. An image gets a small preview. What no post names within a day is removed.',
  })
  @ApiCreatedResponse({ type: MediaView })
  @Fails(noFile(), notAFile(), emptyFile(), severalFiles(), unknownType(KNOWN_TYPES), invalidImage(), multipartError())
  @Fails(tooManyParts(), fileTooLarge(26_214_400), quotaReached(5_368_709_120), forbidden())
  upload(@CurrentUser() { accountId }: Principal, @Upload() upload: IncomingUpload): Promise<MediaView> {
    return this.uploads.upload(accountId, upload);
  }

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'My files, newest first' })
  @ApiOkResponse({ type: pageResponse(MediaView) })
  list(
    @CurrentUser() { accountId }: Principal,
    @Query() query: PagedQuery,
    @PageUrl() url: URL,
  ): Promise<Page<MediaView>> {
    return this.media.page(accountId, query, url);
  }

  @Get(':id')
  @Authenticated()
  @ApiOperation({ summary: 'A file of mine' })
  @ApiOkResponse({ type: MediaView })
  read(@CurrentUser() { accountId }: Principal, @Param('id', IdParam) id: number): Promise<MediaView> {
    return this.media.read(id, accountId);
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ summary: 'Removes a file of mine that no post uses' })
  @ApiNoContentResponse()
  @Fails(mediaInUse())
  remove(@CurrentUser() { accountId }: Principal, @Param('id', IdParam) id: number): Promise<void> {
    return this.media.remove(id, accountId);
  }
}
