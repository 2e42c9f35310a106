import { Injectable, type OnModuleInit } from '@nestjs/common';
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
    this.sources.register({ name: 'lernito', verifier: this.verifier, processor: this.processor });
  }
}
