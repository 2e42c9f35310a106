import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InjectOptions, Response } from 'light-my-request';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildApp } from '../../src/app';
import type { Clock } from '../../src/common/clock';
import { Database, statement } from '../../src/infra/database/database';
import { closeAfterSpec } from './spec-database';
import { testEnvironment } from './test-settings';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  /** Listens on a free port of 127.0.0.1 when first asked; without a slash at the end. */
  url(): Promise<string>;
  /** A request without a socket. */
  inject(request: InjectOptions): Promise<Response>;
  get<T>(token: Type<T> | (abstract new (...parameters: never[]) => T) | string | symbol): T;
  /** Resolves when every fact has been delivered. */
  drained(): Promise<void>;
  /** What has been mailed to somebody, oldest first, when every fact has been delivered. */
  mails(to: string): Promise<Mail[]>;
  close(): Promise<void>;
}

const PENDING = statement(
  'test.pending',
  `select topic, listener, last_error as error from outbox_delivery where status = 'pending'`,
);
const PATIENCE_MS = 15_000;

/**
 * The real app on this spec's migrated database. Called again it starts a second instance on the same database. Closed by
 * itself after the spec file.
 */
export async function startTestApp(
  overrides: Record<string, string> = {},
  options: { clock?: Clock } = {},
): Promise<TestApp> {
  const app = await buildApp({ ...options, environment: await testEnvironment(overrides) });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  let closed: Promise<void> | undefined;
  let listening: Promise<string> | undefined;
  const close = (): Promise<void> => (closed ??= app.close());
  closeAfterSpec(close);
  const inject = (request: InjectOptions): Promise<Response> => app.inject(request);
  const drained = (): Promise<void> => waitForOutbox(app.get(Database));
  return {
    app,
    url: () => (listening ??= listen(app)),
    inject,
    get: (token) => app.get(token, { strict: false }),
    drained,
    mails: async (to) => {
      await drained();
      const answer = await inject({ method: 'GET', url: '/dev/mail', query: { to } });
      if (answer.statusCode !== 200) throw new Error(`/dev/mail answered ${answer.statusCode}: ${answer.body}`);
      return answer.json<Mail[]>();
    },
    close,
  };
}

async function listen(app: NestFastifyApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

async function waitForOutbox(database: Database): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const pending = await database.rows(PENDING);
    if (pending.length === 0) return;
    if (performance.now() > deadline) throw new Error(`Not delivered: ${JSON.stringify(pending)}`);
    await sleep(20);
  }
}
