import { Injectable } from '@nestjs/common';
import { zip } from '../../common/zip';
import type { JsonObject } from '../../infra/outbox/fact';
import { DeferredProcessor, type DeliveryEffect } from '../../infra/webhook/inbound-call';
import { EventApplication } from './event.application';
import { EventInquiry, isComplete } from './event.inquiry';
import { type RazorpayEvent, readEvent } from './razorpay-event.rules';

/** Razorpay tells the same more than once, late, and in any order: what it tells is merged into what we know. */
@Injectable()
export class RazorpayProcessor extends DeferredProcessor<RazorpayEvent> {
  constructor(
    private readonly inquiry: EventInquiry,
    private readonly application: EventApplication,
  ) {
    super();
  }

  read(body: Buffer): RazorpayEvent {
    return readEvent(body);
  }

  async process(event: RazorpayEvent): Promise<DeliveryEffect> {
    if (event.family === 'unknown') return ignored(event);
    const findings = await this.inquiry.about(event, 'capture');
    return described(event, await this.application.apply(findings, event.createdAt));
  }

  override isComplete(event: RazorpayEvent): boolean {
    return isComplete(event);
  }

  override async processTogether(events: readonly RazorpayEvent[]): Promise<DeliveryEffect[]> {
    const told = await Promise.all(
      events.map(async (event) => ({
        findings: await this.inquiry.about(event, 'look'),
        asOf: event.createdAt,
      })),
    );
    const effects = await this.application.applyTogether(told);
    return zip(events, effects).map(([event, effect]) => described(event, effect));
  }

  async preview(event: RazorpayEvent): Promise<DeliveryEffect> {
    if (event.family === 'unknown') return ignored(event);
    const findings = await this.inquiry.about(event, 'look');
    return described(event, await this.application.rehearse(findings, event.createdAt));
  }
}

function ignored(event: RazorpayEvent): DeliveryEffect {
  const reason = event.name === '' ? 'it names no event' : 'we have no use for this event';
  return { effect: { ...headOf(event), ignored: reason }, changed: false };
}

function described(event: RazorpayEvent, { effect, changed }: DeliveryEffect): DeliveryEffect {
  const told = Object.keys(effect).length > 0 ? effect : { ignored: 'it holds nothing to apply' };
  return { effect: { ...headOf(event), ...told }, changed };
}

function headOf({ name, accountId }: RazorpayEvent): JsonObject {
  return { event: name, account: accountId };
}
