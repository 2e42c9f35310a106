import { Injectable } from '@nestjs/common';
import type { DeferredProcessor, DeliveryProcessor, SignatureVerifier } from './inbound-call';

interface Sender<Document> {
  readonly name: string;
  readonly verifier: SignatureVerifier<Document>;
}

/** Its calls are processed within the request, and answered with what came of them. */
export interface PromptSource<Document = unknown> extends Sender<Document> {
  readonly processor: DeliveryProcessor<Document>;
}

/** Its calls are answered as soon as they are kept, and processed by a worker. */
export interface DeferredSource<Document = unknown> extends Sender<unknown> {
  readonly deferred: DeferredProcessor<Document>;
}

export type WebhookSource = PromptSource | DeferredSource;

export function isDeferred(source: WebhookSource): source is DeferredSource {
  return 'deferred' in source;
}

/** Who sends webhooks to us. A module registers its source as it starts (`onModuleInit`). */
@Injectable()
export class WebhookSources {
  private readonly sources = new Map<string, WebhookSource>();

  register<Document>(source: PromptSource<Document> | DeferredSource<Document>): void {
    if (this.sources.has(source.name)) throw new Error(`two webhook sources are named ${source.name}`);
    this.sources.set(source.name, source);
  }

  get(name: string): WebhookSource {
    const source = this.sources.get(name);
    if (source === undefined) throw new Error(`no webhook source is named ${name}`);
    return source;
  }

  prompt(name: string): PromptSource {
    const source = this.get(name);
    if (isDeferred(source)) throw new Error(`the calls of ${name} are processed by the worker`);
    return source;
  }

  deferred(name: string): DeferredSource {
    const source = this.get(name);
    if (!isDeferred(source)) throw new Error(`the calls of ${name} are processed as they come`);
    return source;
  }

  get all(): readonly WebhookSource[] {
    return [...this.sources.values()];
  }
}
