import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Fact, JsonObject } from './fact';
import { type Delivery, type FactSubscription, ON_FACT } from './on-fact';

type Handler = (payload: JsonObject, delivery: Delivery) => Promise<void>;

/** Every `@OnFact` method of the application, found once at boot. */
@Injectable()
export class FactListeners implements OnModuleInit {
  private readonly handlers = new Map<string, Handler>();
  private readonly subscriptions = new Map<string, FactSubscription[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance === 'object' && instance !== null) this.scan(instance as Record<string, unknown>);
    }
  }

  /** The names of those whom this fact concerns. */
  of({ topic, payload }: Fact): readonly string[] {
    const subscriptions = this.subscriptions.get(topic) ?? [];
    return subscriptions.flatMap((known) => (isConcerned(known, payload) ? [known.listener] : []));
  }

  handler(listener: string): Handler | undefined {
    return this.handlers.get(listener);
  }

  private scan(instance: Record<string, unknown>): void {
    for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
      const method = instance[name];
      if (typeof method !== 'function') continue;
      const subscription = this.reflector.get<FactSubscription | undefined>(ON_FACT, method);
      if (subscription !== undefined) this.add(subscription, (method as Handler).bind(instance));
    }
  }

  private add(subscription: FactSubscription, handler: Handler): void {
    const { topic, listener } = subscription;
    if (this.handlers.has(listener)) throw new Error(`two listeners are named ${listener}`);
    // Stored by an instance of another version, it may be told what does not concern it.
    this.handlers.set(listener, async (payload, delivery) => {
      if (isConcerned(subscription, payload)) await handler(payload, delivery);
    });
    this.subscriptions.set(topic, [...(this.subscriptions.get(topic) ?? []), subscription]);
  }
}

function isConcerned({ concerns }: FactSubscription, payload: JsonObject): boolean {
  return concerns === undefined || concerns(payload);
}
