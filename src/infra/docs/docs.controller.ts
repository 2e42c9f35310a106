import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { OptionalAuth, Public } from '../../common/access';
import { MaybeUser, type Principal } from '../../common/current-user';
import { RateLimit } from '../rate-limit/rate-limit.decorator';
import { ApiDocument } from './api-document';
import { DOCS_ASSETS } from './docs-assets';
import { DocsService } from './docs.service';

const FILE = { type: 'string', format: 'binary', example: '…' };

@ApiTags('Documentation')
@Controller()
export class DocsController {
  constructor(
    private readonly document: ApiDocument,
    private readonly docs: DocsService,
  ) {}

  @Get('docs')
  @Public()
  @RateLimit('none')
  @ApiOperation({ summary: 'Swagger UI' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: FILE })
  page(): StreamableFile {
    return this.docs.page();
  }

  @Get('docs/:file')
  @Public()
  @RateLimit('none')
  @Header('Cache-Control', 'public, max-age=3600')
  @ApiOperation({ summary: 'The files of Swagger UI' })
  @ApiParam({ name: 'file', enum: [...DOCS_ASSETS.keys()], example: 'docs.js' })
  @ApiProduces('*/*')
  @ApiOkResponse({ schema: FILE })
  file(@Param('file') name: string): StreamableFile {
    return this.docs.file(name);
  }

  @Get('docs-json')
  @OptionalAuth()
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('Vary', 'Cookie, Authorization, Origin')
  @ApiOperation({
    summary: 'This document',
    description: 'Routes of administrators stand in it for those who may call them.',
  })
  @ApiOkResponse({ schema: { type: 'object', example: { openapi: '3.1.0', paths: {} } } })
  json(@MaybeUser() user: Principal | undefined): string {
    return this.document.textFor(user?.roles ?? []);
  }
}
