import { type DynamicModule, NotFoundException, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../config/settings';
import { ShutdownService } from '../health/shutdown.service';
import { createLog, type Log } from '../logging/log';
import { NestLogger } from '../logging/nest-logger';
import { runInRequest } from '../logging/request-context';
import { logRequests } from '../logging/request-log';
import { createAdapter } from './adapter';
import { addBodyParsers } from './body-parsers';
import { CorsHook, CorsPolicies } from './cors';
import { ErrorFilter } from './error.filter';
import { RouteTable } from './route-table';
import { securityHeaders } from './security-headers';
import { readUntypedAsJson } from './untyped-json';
import { ValidationPipe } from './validation.pipe';

/** The HTTP side of the application around its modules, HttpModule among them. Not yet initialised. */
export async function createApplication(
  module: Type | DynamicModule,
  settings: Settings,
  log: Log = createLog(settings),
): Promise<NestFastifyApplication> {
  const adapter = createAdapter(settings);
  const instance = adapter.getInstance<FastifyInstance>();
  const routes = new RouteTable();
  routes.watch(instance);
  addBodyParsers(instance);
  readUntypedAsJson(instance);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: new NestLogger(log),
    abortOnError: false,
  });
  logRequests(instance, log);
  addFirstHook(instance, await securityHeaders(settings), app.get(ShutdownService));
  const cors = new CorsHook(settings, routes, app.get(CorsPolicies));
  instance.addHook('onRequest', cors.onRequest);
  addLastHook(instance);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ErrorFilter(routes));
  return app;
}

/** Before all others, so that every answer carries these, whatever refuses the request later. */
function addFirstHook(instance: FastifyInstance, security: Record<string, string>, shutdown: ShutdownService): void {
  // What an account sees must not stay in a shared cache; a handler that answers everybody the same says so.
  const headers = { ...security, 'cache-control': 'no-store', vary: 'Origin' };
  instance.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    if (shutdown.ending) void reply.header('Connection', 'close');
    done();
  });
}

/** After all others: an unknown path or method is answered before its body is read, the rest runs in its context. */
function addLastHook(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) done(new NotFoundException());
    else runInRequest(request, done);
  });
}
