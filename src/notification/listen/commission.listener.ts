import { Injectable } from '@nestjs/common';
import type { CommissionPayload } from '../../commission/events/commission.event';
import { CommissionAccepted } from '../../commission/events/commission-accepted.event';
import { CommissionAdmitted } from '../../commission/events/commission-admitted.event';
import { CommissionCancelled } from '../../commission/events/commission-cancelled.event';
import { CommissionClosed } from '../../commission/events/commission-closed.event';
import { CommissionDeclined } from '../../commission/events/commission-declined.event';
import { CommissionDelivered } from '../../commission/events/commission-delivered.event';
import { CommissionExpired } from '../../commission/events/commission-expired.event';
import { CommissionExpiring } from '../../commission/events/commission-expiring.event';
import { CommissionOrdered } from '../../commission/events/commission-ordered.event';
import { CommissionRefunded } from '../../commission/events/commission-refunded.event';
import { CommissionRevisionAsked } from '../../commission/events/commission-revision-asked.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { NoticeWriter } from '../deliver/notice-writer';
import { commissionNotice, type CommissionStep, toldOf } from './commission-notice.rules';

@Injectable()
export class CommissionNoticeListener {
  constructor(private readonly writer: NoticeWriter) {}

  @OnFact(CommissionOrdered.topic, 'notification.commission-ordered')
  ordered(fact: CommissionPayload): Promise<void> {
    return this.tell('ordered', fact);
  }

  @OnFact(CommissionAdmitted.topic, 'notification.commission-admitted')
  admitted(fact: CommissionPayload): Promise<void> {
    return this.tell('admitted', fact);
  }

  @OnFact(CommissionAccepted.topic, 'notification.commission-accepted')
  accepted(fact: CommissionPayload): Promise<void> {
    return this.tell('accepted', fact);
  }

  @OnFact(CommissionDeclined.topic, 'notification.commission-declined')
  declined(fact: CommissionPayload): Promise<void> {
    return this.tell('declined', fact);
  }

  @OnFact(CommissionDelivered.topic, 'notification.commission-delivered')
  delivered(fact: CommissionPayload): Promise<void> {
    return this.tell('delivered', fact);
  }

  @OnFact(CommissionRevisionAsked.topic, 'notification.commission-revision-asked')
  revisionAsked(fact: CommissionPayload): Promise<void> {
    return this.tell('revision-asked', fact);
  }

  @OnFact(CommissionClosed.topic, 'notification.commission-closed')
  closed(fact: CommissionPayload): Promise<void> {
    return this.tell('closed', fact);
  }

  @OnFact(CommissionCancelled.topic, 'notification.commission-cancelled')
  cancelled(fact: CommissionPayload): Promise<void> {
    return this.tell('cancelled', fact);
  }

  @OnFact(CommissionRefunded.topic, 'notification.commission-refunded')
  refunded(fact: CommissionPayload): Promise<void> {
    return this.tell('refunded', fact);
  }

  @OnFact(CommissionExpired.topic, 'notification.commission-expired')
  expired(fact: CommissionPayload): Promise<void> {
    return this.tell('expired', fact);
  }

  @OnFact(CommissionExpiring.topic, 'notification.commission-expiring')
  expiring(fact: CommissionPayload): Promise<void> {
    return this.tell('expiring', fact);
  }

  private tell(step: CommissionStep, fact: CommissionPayload): Promise<void> {
    return this.writer.tell(commissionNotice(step, fact), toldOf(step, fact));
  }
}
