import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { WebhookSources } from '../../infra/webhook/webhook-sources';
import { RazorpayProcessor } from './razorpay.processor';
import { RazorpayVerifier } from './razorpay.verifier';

export const RAZORPAY = 'razorpay';

/** Makes Razorpay known to the inbox. */
@Injectable()
export class RazorpaySource implements OnModuleInit {
  constructor(
    private readonly sources: WebhookSources,
    private readonly verifier: RazorpayVerifier,
    private readonly processor: RazorpayProcessor,
  ) {}

  onModuleInit(): void {
    if (this.verifier.secretIds.length === 0) {
      new Logger('Razorpay').warn('RAZORPAY_WEBHOOK_SECRET is empty: every call of the payment webhook is refused');
    }
    this.sources.register({ name: RAZORPAY, verifier: this.verifier, deferred: this.processor });
  }
}
