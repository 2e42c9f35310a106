import { Injectable } from '@nestjs/common';
import type { CommissionPayload } from '../../commission/events/commission.event';
import { CommissionAccepted } from '../../commission/events/commission-accepted.event';
import { CommissionCancelled } from '../../commission/events/commission-cancelled.event';
import { CommissionClosed } from '../../commission/events/commission-closed.event';
import { CommissionDeclined } from '../../commission/events/commission-declined.event';
import { CommissionDelivered } from '../../commission/events/commission-delivered.event';
import { CommissionExpired } from '../../commission/events/commission-expired.event';
import { CommissionExpiring } from '../../commission/events/commission-expiring.event';
import { CommissionOrdered } from '../../commission/events/commission-ordered.event';
import { CommissionRefunded } from '../../commission/events/commission-refunded.event';
import { CommissionRevisionAsked } from '../../commission/events/commission-revision-asked.event';
import { type Delivery, OnFact } from '../../infra/outbox/on-fact';
import { commissionEvent } from '../event/commission-event.rules';
import { EventWriter } from './event.writer';

/** What becomes of orders, for the creators with whom they were placed. */
@Injectable()
export class CommissionEventListener {
  constructor(private readonly writer: EventWriter) {}

  @OnFact(CommissionOrdered.topic, 'webhook-endpoint.commission-ordered')
  ordered(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.ordered', fact), factId);
  }

  @OnFact(CommissionExpiring.topic, 'webhook-endpoint.commission-expiring')
  expiring(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.expiring', fact), factId);
  }

  @OnFact(CommissionAccepted.topic, 'webhook-endpoint.commission-accepted')
  accepted(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.accepted', fact), factId);
  }

  @OnFact(CommissionDeclined.topic, 'webhook-endpoint.commission-declined')
  declined(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.declined', fact), factId);
  }

  @OnFact(CommissionDelivered.topic, 'webhook-endpoint.commission-delivered')
  delivered(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.delivered', fact), factId);
  }

  @OnFact(CommissionRevisionAsked.topic, 'webhook-endpoint.commission-revision-asked')
  revisionAsked(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.revision_asked', fact), factId);
  }

  @OnFact(CommissionClosed.topic, 'webhook-endpoint.commission-closed')
  closed(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.closed', fact), factId);
  }

  @OnFact(CommissionCancelled.topic, 'webhook-endpoint.commission-cancelled')
  cancelled(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.cancelled', fact), factId);
  }

  @OnFact(CommissionRefunded.topic, 'webhook-endpoint.commission-refunded')
  refunded(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.refunded', fact), factId);
  }

  @OnFact(CommissionExpired.topic, 'webhook-endpoint.commission-expired')
  expired(fact: CommissionPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commissionEvent('commission.expired', fact), factId);
  }
}
