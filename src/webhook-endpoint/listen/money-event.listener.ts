import { Injectable } from '@nestjs/common';
import { type Delivery, OnFact } from '../../infra/outbox/on-fact';
import { DisputeChanged, type DisputeChangedPayload } from '../../payment/events/dispute-changed.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import {
  BankDetailsChanged,
  type BankDetailsChangedPayload,
} from '../../subscription/events/bank-details-changed.event';
import type { MembershipPayload } from '../../subscription/events/membership.event';
import { MembershipChanged } from '../../subscription/events/membership-changed.event';
import { MembershipEnded } from '../../subscription/events/membership-ended.event';
import { MembershipStarted } from '../../subscription/events/membership-started.event';
import {
  TierCoursesChanged,
  type TierCoursesChangedPayload,
} from '../../subscription/events/tier-courses-changed.event';
import { TipReceived, type TipReceivedPayload } from '../../subscription/events/tip-received.event';
import {
  bankDetailsEvent,
  disputeEvent,
  membershipEvent,
  refundEvent,
  tierCoursesEvent,
  tipEvent,
} from '../event/money-event.rules';
import { EventWriter } from './event.writer';

@Injectable()
export class MoneyEventListener {
  constructor(private readonly writer: EventWriter) {}

  @OnFact(MembershipStarted.topic, 'webhook-endpoint.membership-started')
  joined(fact: MembershipPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(membershipEvent('started', fact), factId);
  }

  @OnFact(MembershipChanged.topic, 'webhook-endpoint.membership-changed')
  moved(fact: MembershipPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(membershipEvent('changed', fact), factId);
  }

  @OnFact(MembershipEnded.topic, 'webhook-endpoint.membership-ended')
  left(fact: MembershipPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(membershipEvent('ended', fact), factId);
  }

  @OnFact(TipReceived.topic, 'webhook-endpoint.tip-received')
  tipped(fact: TipReceivedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(tipEvent(fact), factId);
  }

  @OnFact(RefundProcessed.topic, 'webhook-endpoint.refund-processed')
  refunded(fact: RefundProcessedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(refundEvent(fact), factId);
  }

  @OnFact(DisputeChanged.topic, 'webhook-endpoint.dispute-changed')
  disputed(fact: DisputeChangedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(disputeEvent(fact), factId);
  }

  @OnFact(BankDetailsChanged.topic, 'webhook-endpoint.bank-details-changed')
  bankDetails(fact: BankDetailsChangedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(bankDetailsEvent(fact), factId);
  }

  @OnFact(TierCoursesChanged.topic, 'webhook-endpoint.tier-courses-changed')
  tierCourses(fact: TierCoursesChangedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(tierCoursesEvent(fact), factId);
  }
}
