import { Injectable } from '@nestjs/common';
import type { DeliveryProcessor, SignatureVerifier } from './inbound-call';

export interface WebhookSource<Document = unknown> {
  readonly name: string;
  readonly verifier: SignatureVerifier<Document>;
  readonly processor: DeliveryProcessor<Document>;
}

/** Who sends webhooks to us. A module registers its source as it starts (`onModuleInit`). */
@Injectable()
export class WebhookSources {
  private readonly sources = new Map<string, WebhookSource>();

  register<Document>(source: WebhookSource<Document>): void {
    if (this.sources.has(source.name)) throw new Error(`two webhook sources are named ${source.name}`);
    this.sources.set(source.name, source);
  }

  get(name: string): WebhookSource {
    const source = this.sources.get(name);
    if (source === undefined) throw new Error(`no webhook source is named ${name}`);
    return source;
  }

  get all(): readonly WebhookSource[] {
    return [...this.sources.values()];
  }
}
