import { Injectable } from '@nestjs/common';
import {
  EnrolmentChanged,
  type EnrolmentChangedPayload,
} from '../../enrollment-webhook/events/enrolment-changed.event';
import {
  EnrolmentExpiring,
  type EnrolmentExpiringPayload,
} from '../../enrollment-webhook/events/enrolment-expiring.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { NoticeWriter } from '../deliver/notice-writer';
import { enrolmentNotice, expiringNotice } from './enrolment-notice.rules';

@Injectable()
export class EnrolmentListener {
  constructor(private readonly writer: NoticeWriter) {}

  @OnFact(EnrolmentChanged.topic, 'notification.enrolment-changed')
  async changed(fact: EnrolmentChangedPayload): Promise<void> {
    const notice = enrolmentNotice(fact);
    if (notice !== undefined) await this.writer.tell(notice, [fact.account_id]);
  }

  @OnFact(EnrolmentExpiring.topic, 'notification.enrolment-expiring')
  expiring(fact: EnrolmentExpiringPayload): Promise<void> {
    return this.writer.tell(expiringNotice(fact), [fact.account_id]);
  }
}
