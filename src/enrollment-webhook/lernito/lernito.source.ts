import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { WebhookSources } from '../../infra/webhook/webhook-sources';
import { LernitoProcessor } from './lernito.processor';
import { LernitoVerifier } from './lernito.verifier';

/** Makes lernito known to the inbox. */
@Injectable()
export class LernitoSource implements OnModuleInit {
  constructor(
    private readonly sources: WebhookSources,
    private readonly verifier: LernitoVerifier,
    private readonly processor: LernitoProcessor,
  ) {}

  onModuleInit(): void {
    if (this.verifier.secretIds.length === 0) {
      new Logger('Lernito').warn('LERNITO_WEBHOOK_SECRET is empty: every call of the enrolment webhook is refused');
    }
    this.sources.register({ name: 'lernito', verifier: this.verifier, processor: this.processor });
  }
}
