import { Controller, Get, Param, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/access';
import { Envelope } from '../../infra/http/envelope';
import { PictureService } from './picture.service';

@ApiTags('Account')
@Controller('media/pictures')
@Envelope('drf')
export class PictureFileController {
  constructor(private readonly pictures: PictureService) {}

  @Get(':file')
  @Public()
  @ApiOperation({ summary: 'A picture that somebody shows of themselves' })
  @ApiParam({ name: 'file', example: '6f1c0b7de2a94835b1c7d0e9f8a2b364.webp' })
  @ApiProduces('image/webp')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary', example: '…' } })
  serve(
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.pictures.serve(file, reply);
  }
}
