import {
  Body,
  Controller,
  type DynamicModule,
  ForbiddenException,
  Get,
  Logger,
  Module,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { markAccess, Public } from '../../src/common/access';
import type { WithPrincipal } from '../../src/common/current-user';
import { SystemClock } from '../../src/common/clock';
import { DomainError } from '../../src/common/domain-error';
import { ConfigModule } from '../../src/infra/config/config.module';
import { Environment } from '../../src/infra/config/environment';
import { loadSettings, type Settings } from '../../src/infra/config/settings';
import { AcceptsForm } from '../../src/infra/http/accepts-form';
import { Cors, CorsPolicies } from '../../src/infra/http/cors';
import { createApplication } from '../../src/infra/http/create-application';
import { Envelope, type EnvelopeName } from '../../src/infra/http/envelope';
import { CharField, IntegerField, ListField } from '../../src/infra/http/fields';
import { charCheck } from '../../src/infra/http/fields/char.field';
import { HttpModule } from '../../src/infra/http/http.module';
import { IdParam } from '../../src/infra/http/id-param';
import { RawBody } from '../../src/infra/http/raw-body';
import { createLog } from '../../src/infra/logging/log';
import { RateLimit } from '../../src/infra/rate-limit/rate-limit.decorator';
import { RateLimitModule } from '../../src/infra/rate-limit/rate-limit.module';

class ThingRequest {
  @CharField({ max: 10 })
  name: string;

  @ListField({ item: charCheck({ max: 5 }), max: 3, required: false })
  tags?: string[];
}

class ThingQuery {
  @IntegerField({ required: false, min: 1 })
  page = 1;
}

/** The same routes under every envelope. */
function things(envelope: EnvelopeName) {
  @Envelope(envelope)
  @Controller(`${envelope}/things`)
  class ThingController {
    @Public()
    @Get()
    list(@Query() query: ThingQuery): object {
      return { page: query.page };
    }

    @Public()
    @Post()
    create(@Body() body: ThingRequest): object {
      return { ...body };
    }

    @Public()
    @AcceptsForm()
    @Post('form')
    fromForm(@Body() body: ThingRequest): object {
      return { ...body };
    }

    @Public()
    @RawBody()
    @Post('raw')
    raw(@Req() request: FastifyRequest): object {
      return { bytes: request.rawBody.length, parsed: !Buffer.isBuffer(request.body) };
    }

    @Public()
    @Get('broken-off')
    brokenOff(@Res() reply: FastifyReply): void {
      reply.raw.writeHead(200, { 'content-type': 'text/plain' });
      reply.raw.write('half of ');
      throw new Error('the other half');
    }

    @Public()
    @Get('fail/:how')
    fail(@Param('how') how: string): object {
      throw failure(how);
    }

    @Public()
    @Put(':id')
    change(@Param('id', IdParam) id: number, @Body() body: ThingRequest): object {
      return { id, ...body };
    }
  }
  return ThingController;
}

function failure(how: string): Error {
  if (how === 'secret') return new Error('select password from account where key = 42');
  if (how === 'database') return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  if (how === 'busy') return new DomainError('unavailable', 'busy', 'Too many at once.');
  if (how === 'nest') return new ForbiddenException('Nest says no.');
  if (how === 'text') return 'thrown' as unknown as Error;
  if (how === 'login') return new DomainError('unauthenticated', 'not_authenticated', 'Log in.');
  return new DomainError('conflict', 'taken', 'It is taken.', { extra: { hint: 'other' } });
}

@Controller('limited')
class LimitedController {
  @Public()
  @RateLimit('sign-in')
  @Envelope('drf')
  @Post()
  signIn(): object {
    return {};
  }

  @Public()
  @Get()
  plain(@Req() request: FastifyRequest): object {
    return { ip: request.ip };
  }

  @Public()
  @Get('log')
  async log(@Req() request: FastifyRequest & WithPrincipal): Promise<object> {
    request.principal = { accountId: 77, sessionId: 1, roles: [], via: 'bearer' };
    await Promise.resolve();
    new Logger('Test').log({ authorization: 'Bearer abcdefghijklmnop', note: 'kept' });
    return {};
  }

  @markAccess({ kind: 'signed-by', source: 'test' })
  @Get('signed')
  signed(): object {
    return {};
  }

  @Public()
  @RateLimit('none')
  @Get('probe')
  probe(): object {
    return {};
  }

  @Public()
  @Cors('forgotten')
  @Get('forgotten')
  forgotten(): object {
    return {};
  }

  @Public()
  @Cors('plugins')
  @Get('plugin')
  plugin(): object {
    return {};
  }
}

/** A route that answers when the test lets it. */
export class Gate {
  entered: () => void = () => {};
  readonly reached = new Promise<void>((resolve) => (this.entered = resolve));
  open: () => void = () => {};
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

@Controller('slow')
class SlowController {
  constructor(private readonly gate: Gate) {}

  @Public()
  @Get()
  async slow(): Promise<object> {
    this.gate.entered();
    await this.gate.opened;
    return { slow: true };
  }
}

@Module({
  controllers: [...(['drf', 'lernito', 'plugin', 'problem'] as const).map(things), LimitedController, SlowController],
  providers: [Gate],
})
class TestModule {
  constructor(policies: CorsPolicies) {
    policies.register('plugins', {
      judge: ({ origin, preflight, headers }) => ({
        allowed: preflight
          ? /plugin-(one|two)/.test(origin)
          : origin === `https://plugin-${String(headers['plugin-id'])}`,
        credentials: false,
      }),
    });
  }
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly settings: Settings;
  /** What the application wrote to its log, by line. */
  readonly log: Record<string, unknown>[];
}

/** The HTTP side around a few routes of its own: no database, no module of ours. */
export async function httpApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const settings = loadSettings(
    new Environment({
      LOG_LEVEL: 'info',
      PUBLIC_URL: 'http://own.example',
      DATA_DIR: '/tmp/guildhall-http',
      ...environment,
    }),
  );
  const module: DynamicModule = {
    module: TestModule,
    imports: [ConfigModule.forRoot(settings, new SystemClock()), HttpModule, RateLimitModule.forRoot(settings)],
  };
  const log: Record<string, unknown>[] = [];
  const destination: DestinationStream = { write: (line) => log.push(JSON.parse(line) as Record<string, unknown>) };
  const app = await createApplication(module, settings, createLog(settings, destination));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, settings, log };
}
