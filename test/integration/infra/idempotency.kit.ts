import 'reflect-metadata';
import { request } from 'node:http';
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Injectable,
  Module,
  Post,
  Res,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Response } from 'light-my-request';
import { Public } from '../../../src/common/access';
import type { WithPrincipal } from '../../../src/common/current-user';
import { ConfigModule } from '../../../src/infra/config/config.module';
import { Environment } from '../../../src/infra/config/environment';
import { loadSettings } from '../../../src/infra/config/settings';
import { CryptoModule } from '../../../src/infra/crypto/crypto.module';
import { DatabaseModule } from '../../../src/infra/database/database.module';
import { createApplication } from '../../../src/infra/http/create-application';
import { Envelope } from '../../../src/infra/http/envelope';
import { CharField } from '../../../src/infra/http/fields';
import { HttpModule } from '../../../src/infra/http/http.module';
import { IdempotencyModule } from '../../../src/infra/idempotency/idempotency.module';
import { Idempotent } from '../../../src/infra/idempotency/idempotent';
import { createLog } from '../../../src/infra/logging/log';
import { RateLimitModule } from '../../../src/infra/rate-limit/rate-limit.module';
import { MovableClock } from '../../fakes/movable-clock';
import { closeAfterSpec } from '../../setup/spec-database';
import { testEnvironment } from '../../setup/test-settings';

/** What the routes do; a test puts its own here. */
export class Work {
  runs = 0;
  do: (reply: FastifyReply) => unknown = () => ({ made: this.runs });

  begin(reply: FastifyReply): unknown {
    this.runs += 1;
    return this.do(reply);
  }
}

class ThingRequest {
  @CharField({ max: 20 })
  name: string;
}

@Envelope('drf')
@Controller('things')
class ThingController {
  constructor(private readonly work: Work) {}

  @Post()
  @Public()
  @Idempotent()
  async make(@Body() _body: ThingRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.work.begin(reply);
  }
}

@Controller('others')
class OtherController {
  constructor(private readonly work: Work) {}

  @Post()
  @Public()
  @Idempotent()
  async make(@Body() _body: ThingRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.work.begin(reply);
  }

  @Post('plain')
  @Public()
  async plain(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return this.work.begin(reply);
  }
}

/** The header `x-account` is who calls; the word `nobody` may not. */
@Injectable()
class NamedCaller implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & WithPrincipal>();
    const name = request.headers['x-account'];
    if (name !== undefined && name !== 'nobody') {
      request.principal = { accountId: Number(name), sessionId: 1, roles: [], via: 'bearer' };
    }
    return name !== 'nobody';
  }
}

@Module({
  controllers: [ThingController, OtherController],
  providers: [Work, { provide: APP_GUARD, useClass: NamedCaller }],
})
class WorkModule {}

const THING = { name: 'one' };

export interface Call {
  readonly key?: string;
  readonly account?: number | 'nobody';
  readonly body?: object;
  readonly url?: string;
}

export interface IdempotencyApp {
  readonly clock: MovableClock;
  readonly work: Work;
  /** What was written to the log. */
  readonly log: string[];
  get<T>(token: new (...parameters: never[]) => T): T;
  post(call: Call): Promise<Response>;
  /** The same over a connection, which `hangUp` breaks off. */
  call(call: Call): Promise<{ hangUp: () => void }>;
}

/** Marked routes around work of a test's own, on this spec's database. */
export async function idempotencyApp(): Promise<IdempotencyApp> {
  const clock = new MovableClock();
  const settings = loadSettings(new Environment(await testEnvironment()));
  const imports = [
    ConfigModule.forRoot(settings, clock),
    HttpModule,
    RateLimitModule.forRoot(settings),
    DatabaseModule,
    CryptoModule,
    IdempotencyModule,
  ];
  const log: string[] = [];
  const destination = { write: (line: string): void => void log.push(line) };
  const app = await createApplication({ module: WorkModule, imports }, settings, createLog(settings, destination));
  closeAfterSpec(() => app.close());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    clock,
    work: app.get(Work),
    log,
    get: (token) => app.get(token, { strict: false }),
    post: ({ body = THING, url = '/things/', ...call }) =>
      app.inject({ method: 'POST', url, payload: body, headers: headersOf(call) }),
    call: async ({ body = THING, url = '/things/', ...call }) => {
      if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
      const headers = { ...headersOf(call), 'content-type': 'application/json' };
      const sent = request(new URL(url, await app.getUrl()), { method: 'POST', headers });
      sent.on('error', () => {}).end(JSON.stringify(body));
      return { hangUp: () => void sent.destroy() };
    },
  };
}

function headersOf({ key, account }: Call): Record<string, string> {
  return {
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(account !== undefined && { 'x-account': String(account) }),
  };
}
