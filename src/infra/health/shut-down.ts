import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Settings } from '../config/settings';
import { ShutdownService } from './shutdown.service';

/** How long requests that are under way may take to end. */
const DRAIN_MS = 20_000;
const SWEEP_MS = 50;

/**
 * Ends the application as a load balancer likes it: readiness fails, after SHUTDOWN_DELAY the door is closed, what is
 * under way ends (at most `drainMs`), and only then the modules close. The process is the caller's to end.
 */
export async function shutDown(app: NestFastifyApplication, drainMs = DRAIN_MS): Promise<void> {
  app.get(ShutdownService).begin();
  await pause(app.get<Settings>(Settings).shutdownDelaySeconds * 1000);
  await drain(app.getHttpServer(), drainMs);
  await app.close();
}

/** Nest would first tell modules to end and then wait for requests that still need them. */
async function drain(server: Server, drainMs: number): Promise<void> {
  if (!server.listening) return;
  const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
  // A connection whose request began before all this was told that it may stay.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(deadline);
  clearInterval(sweep);
}
