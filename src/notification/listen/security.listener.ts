import { Injectable } from '@nestjs/common';
import { SecurityEvent, type SecurityEventPayload } from '../../auth/events/security-event.event';
import { type Delivery, OnFact } from '../../infra/outbox/on-fact';
import {
  BankDetailsChanged,
  type BankDetailsChangedPayload,
} from '../../subscription/events/bank-details-changed.event';
import { NoticeWriter } from '../deliver/notice-writer';
import { bankDetailsNotice, securityNotice } from './security-notice.rules';

@Injectable()
export class SecurityListener {
  constructor(private readonly writer: NoticeWriter) {}

  @OnFact(SecurityEvent.topic, 'notification.security-event')
  happened(fact: SecurityEventPayload, { factId }: Delivery): Promise<void> {
    return this.writer.tell(securityNotice(fact, factId), [fact.account_id]);
  }

  @OnFact(BankDetailsChanged.topic, 'notification.bank-details-changed')
  bankDetailsChanged(fact: BankDetailsChangedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.tell(bankDetailsNotice(fact, factId), [fact.account_id]);
  }
}
