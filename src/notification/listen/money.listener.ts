import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OnFact } from '../../infra/outbox/on-fact';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { PaymentFailed } from '../../payment/events/payment-failed.event';
import type { MembershipPayload } from '../../subscription/events/membership.event';
import { MembershipEnded } from '../../subscription/events/membership-ended.event';
import { MembershipPastDue, type MembershipPastDuePayload } from '../../subscription/events/membership-past-due.event';
import { MembershipStarted } from '../../subscription/events/membership-started.event';
import { TipReceived, type TipReceivedPayload } from '../../subscription/events/tip-received.event';
import { NoticeWriter } from '../deliver/notice-writer';
import { MembershipLifeRepository } from './membership-life.repository';
import { endedNotice, graceNotice, memberNotice, paymentFailedNotice, tipNotice } from './money-notice.rules';

@Injectable()
export class MoneyListener {
  constructor(
    private readonly writer: NoticeWriter,
    private readonly memberships: MembershipLifeRepository,
    private readonly clock: Clock,
  ) {}

  @OnFact(TipReceived.topic, 'notification.tip-received')
  tipped(fact: TipReceivedPayload): Promise<void> {
    return this.writer.tell(tipNotice(fact), [fact.creator_id]);
  }

  @OnFact(MembershipStarted.topic, 'notification.membership-started')
  joined(fact: MembershipPayload): Promise<void> {
    return this.writer.tell(memberNotice(fact), [fact.creator_id]);
  }

  /** Whoever has paid again, before anybody could tell them of an end, hears of none. */
  @OnFact(MembershipEnded.topic, 'notification.membership-ended')
  async left(fact: MembershipPayload): Promise<void> {
    if (await this.memberships.isLive(fact.membership_id, this.clock.now())) return;
    await this.writer.tell(endedNotice(fact), [fact.account_id]);
  }

  @OnFact(MembershipPastDue.topic, 'notification.membership-past-due')
  isPastDue(fact: MembershipPastDuePayload): Promise<void> {
    return this.writer.tell(graceNotice(fact), [fact.account_id]);
  }

  @OnFact(PaymentFailed.topic, 'notification.payment-failed')
  async failed(fact: PaymentPayload): Promise<void> {
    if (fact.payer_id !== null) await this.writer.tell(paymentFailedNotice(fact), [fact.payer_id]);
  }
}
