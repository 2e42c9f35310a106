import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { InboundCall, RefusedCall } from './inbound-call';
import { InboxRepository, searchable } from './inbox.repository';
import { keptHeaders } from './kept-headers.rules';
import { WriteAllowance } from './write-allowance';

const KEPT_BODY_BYTES = 4096;
const KEPT_TERMS_LENGTH = 4096;
/** Of each source the newest so many. */
export const KEPT_REJECTIONS = 1000;
const TRIM_EVERY = 100;
/** Anybody may be rejected: on each instance that many at once, then that many a second, are worth a write. */
const BURST = 50;
const PER_SECOND = 5;

/** Keeps a bounded sample of rejected calls. */
@Injectable()
export class RejectionLog {
  private readonly logger = new Logger(RejectionLog.name);
  private readonly allowance = new WriteAllowance(BURST, PER_SECOND);
  private kept = 0;

  constructor(
    private readonly deliveries: InboxRepository,
    private readonly clock: Clock,
  ) {}

  async keep(source: string, call: InboundCall, refused: RefusedCall): Promise<void> {
    const now = this.clock.now();
    if (!this.allowance.take(now)) return;
    try {
      await this.deliveries.reject(
        {
          source,
          fault: refused.fault,
          status: refused.error.status,
          headers: keptHeaders(call.headers),
          body: call.body.subarray(0, KEPT_BODY_BYTES),
          bodySize: call.body.length,
          terms: searchable(refused.terms, KEPT_TERMS_LENGTH),
        },
        now,
      );
      if (++this.kept % TRIM_EVERY === 0) await this.deliveries.trimRejected(source, KEPT_REJECTIONS);
    } catch (error) {
      this.logger.error(`a rejected call of ${source} could not be kept`, String(error));
    }
  }
}
