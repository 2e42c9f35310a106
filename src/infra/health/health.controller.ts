import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/access';
import { Quiet } from '../http/quiet';
import { RateLimit } from '../rate-limit/rate-limit.decorator';
import { HealthService } from './health.service';

class LivenessResponse {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status: 'ok';
}

const CHECK = { enum: ['ok', 'failed'], example: 'ok' };

class ChecksResponse {
  @ApiProperty({ ...CHECK, description: 'The database answers within 2 s' })
  database: 'ok' | 'failed';

  @ApiProperty({ ...CHECK, description: 'Every migration of this version is applied' })
  migrations: 'ok' | 'failed';

  @ApiProperty({ ...CHECK, description: 'Fails while the process ends' })
  shutdown: 'ok' | 'failed';
}

class ReadinessResponse {
  @ApiProperty({ enum: ['ok', 'unavailable'], example: 'ok' })
  status: 'ok' | 'unavailable';

  @ApiProperty({ type: ChecksResponse })
  checks: ChecksResponse;
}

@ApiTags('Health')
@Controller('health')
@Quiet()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Public()
  @RateLimit('none')
  @ApiOperation({ summary: 'The process runs' })
  @ApiOkResponse({ type: LivenessResponse })
  live(): LivenessResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @RateLimit('none')
  @ApiOperation({ summary: 'The process takes requests' })
  @ApiOkResponse({ type: ReadinessResponse })
  @ApiServiceUnavailableResponse({ type: ReadinessResponse, description: 'The check that failed says so' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessResponse> {
    const { ready, checks } = await this.health.readiness();
    void reply.code(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'unavailable', checks };
  }
}
