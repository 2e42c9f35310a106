import type { OpenEdx } from './openedx.client';
import { Injectable } from '@nestjs/common';
import type { Lms } from './lms.entity';
import { LmsRepository } from './lms.repository';
import { LmsSecrets } from './lms-secrets';

/** For so long the secret before is still tried, in milliseconds. */
export const GRACE_MS = 7 * 24 * 3_600_000;

/** An LMS as it is called. */
export interface Connection {
  readonly id: number;
  readonly url: string;
  readonly eventsUrl: string | null;
  /** The newest first. */
  readonly secrets: readonly [string, ...string[]];
  readonly openEdx: OpenEdx | null;
  readonly failures: number;
}

/** Opens what is needed to call an LMS. */
@Injectable()
export class LmsConnections {
  constructor(
    private readonly lmses: LmsRepository,
    private readonly secrets: LmsSecrets,
  ) {}

  async of(lmsId: number, now: Date): Promise<Connection | undefined> {
    const lms = await this.lmses.byId(lmsId);
    return lms && this.opened(lms, now);
  }

  private opened(lms: Lms, now: Date): Connection {
    const { id, url, eventsUrl, failures } = lms;
    const open = (sealed: string): string => this.secrets.open(id, sealed);
    const previous = previousSecretUntil(lms, now) === null ? null : lms.previousSecret;
    return {
      id,
      url,
      eventsUrl,
      failures,
      secrets: [open(lms.secret), ...(previous === null ? [] : [open(previous)])],
      openEdx:
        lms.openedxUrl === null || lms.openedxClientId === null || lms.openedxClientSecret === null
          ? null
          : { url: lms.openedxUrl, clientId: lms.openedxClientId, clientSecret: open(lms.openedxClientSecret) },
    };
  }
}

/** What is never shown, though an LMS may repeat it. */
export function secretsOf({ secrets, openEdx }: Connection): string[] {
  return [...secrets, ...(openEdx === null ? [] : [openEdx.clientSecret])];
}

/** Null where there is none any more. */
export function previousSecretUntil({ previousSecret, rotatedAt }: Lms, now: Date): Date | null {
  if (previousSecret === null || rotatedAt === null) return null;
  const until = new Date(rotatedAt.getTime() + GRACE_MS);
  return until > now ? until : null;
}
