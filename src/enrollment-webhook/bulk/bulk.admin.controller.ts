import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { IdParam } from '../../infra/http/id-param';
import { BulkBody } from './bulk-body';
import { csvRows, jsonRows } from './bulk-rows.reader';
import { BulkService } from './bulk.service';
import { BulkResponse } from './dto/bulk.response';

@ApiTags('Admin: enrolments')
@Controller('admin/enrollments/bulk')
export class BulkAdminController {
  constructor(private readonly bulks: BulkService) {}

  @Post()
  @Roles('admin', 'support')
  @HttpCode(202)
  @BulkBody()
  @ApiOperation({
    summary: 'Enrol many',
    description:
      'Each row as a single enrolment by mail address: at once where its owner has proven it, otherwise as an ' +
      'allowance; who is enrolled already stays so. Rows that can’t be enrolled are told as failures, the others go on.',
  })
  @ApiAcceptedResponse({ type: BulkResponse })
  async create(@Req() request: FastifyRequest, @CurrentUser() user: Principal): Promise<BulkResponse> {
    const isCsv = request.headers['content-type']?.toLowerCase().startsWith('text/csv') ?? false;
    const rows = isCsv ? await csvRows(request.rawBody) : jsonRows(request.rawBody);
    return BulkResponse.of(await this.bulks.add(rows, user.accountId));
  }

  @Get(':id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'How far a bulk enrolment is' })
  @ApiOkResponse({ type: BulkResponse })
  async get(@Param('id', IdParam) id: number): Promise<BulkResponse> {
    return BulkResponse.of(await this.bulks.get(id));
  }

  @Get(':id/failures.csv')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'The rows that failed, and why' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string', example: 'row,email,course_id,error\r\n' } } } })
  async failures(@Param('id', IdParam) id: number): Promise<StreamableFile> {
    await this.bulks.get(id);
    return new StreamableFile(Readable.from(this.bulks.failures(id)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="bulk-enrolment-${id}-failures.csv"`,
    });
  }
}
