import { Controller, Get, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/access';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { rangeNotSatisfiable } from '../../infra/upload/file-answer';
import { MEDIA_VARIANTS } from './media-link.service';
import { linkEnded } from './media.errors';
import { MediaService } from './media.service';

const FILE = { type: 'string', format: 'binary', example: '…' };

@ApiTags('Media')
@Controller('content/media')
@Envelope('drf')
export class MediaFileController {
  constructor(private readonly media: MediaService) {}

  @Get(':id/:variant')
  @Public()
  @ApiOperation({
    summary: 'The file behind a link',
    description: 'Links stand in posts and in `/content/api/media/`, and end within 5 minutes.',
  })
  @ApiParam({ name: 'variant', enum: MEDIA_VARIANTS, example: 'original' })
  @ApiQuery({ name: 'expires', schema: { type: 'integer' }, example: 1_798_761_600, required: false })
  @ApiQuery({
    name: 'signature',
    schema: { type: 'string' },
    example: 'rk3Jd8sLq0Zx7Vb5Nm2Qw9Er4Ty6Ui1',
    required: false,
  })
  @ApiHeader({ name: 'Range', required: false, description: 'One range of bytes.', example: 'bytes=0-1023' })
  @ApiProduces('*/*')
  @ApiOkResponse({ schema: FILE })
  @Fails(linkEnded(), rangeNotSatisfiable())
  serve(
    @Param('id', IdParam) id: number,
    @Param('variant') variant: string,
    @Query('expires') expires: unknown,
    @Query('signature') signature: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.media.serve({ id, variant, expires, signature }, reply);
  }
}
