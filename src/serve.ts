import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildApp } from './app';
import { BootAdminService } from './auth/account/boot-admin.service';
import type { Settings } from './infra/config/settings';
import { shutDown } from './infra/health/shut-down';

/** How long a signal's orderly end may take before the process ends all the same. */
const LAST_RESORT_MS = 60_000;

/** Serves in this process until SIGTERM or SIGINT. */
export async function serve(settings: Settings): Promise<void> {
  const app = await buildApp({ settings });
  const admin = await app.get(BootAdminService, { strict: false }).ensure();
  await app.listen({ port: settings.port, host: settings.host });
  endOnSignal(app);
  announce(settings, await app.getUrl(), admin);
}

function endOnSignal(app: NestFastifyApplication): void {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    const orderly = shutDown(app).then(() => 0);
    const lastResort = wait(LAST_RESORT_MS, 1, { ref: false });
    process.exit(await Promise.race([orderly, lastResort]));
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
}

/** For the person at the terminal; the log has the rest. A generated password is shown here once and never again. */
function announce(settings: Settings, url: string, admin: { username: string; password: string } | undefined): void {
  const base = settings.isProduction ? settings.publicUrl.origin : url.replace('127.0.0.1', 'localhost');
  const lines = [
    '',
    `  Guildhall is open at ${base}`,
    '',
    `  API         ${base}/`,
    `  Swagger UI  ${base}/docs`,
    `  Health      ${base}/health/ready`,
    ...(settings.isProduction || settings.smtpUrl !== undefined ? [] : [`  Mails       ${base}/dev/mail`]),
    ...(admin ? ['', `  Administrator, shown this once: ${admin.username} / ${admin.password}`] : []),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  new Logger('Guildhall').log(`listening on ${url}`);
}
