import { Injectable } from '@nestjs/common';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { MandateChanged } from '../events/mandate-changed.event';
import type { MandateRow } from './mandate.repository';

/** Tells how mandates stand. */
@Injectable()
export class MandateFacts {
  constructor(private readonly outbox: OutboxService) {}

  async changed(mandate: MandateRow): Promise<void> {
    await this.outbox.publish(
      new MandateChanged({
        mandate_id: mandate.id,
        purpose: mandate.purpose,
        reference: mandate.reference,
        status: mandate.status,
        paid_count: mandate.paidCount,
        current_end: mandate.currentEnd?.toISOString() ?? null,
        ends_at_cycle: mandate.endsAtCycle,
      }),
    );
  }
}
