import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { JsonObject } from './fact';
import { type Delivery, type FactSubscription, ON_FACT } from './on-fact';

type Handler = (payload: JsonObject, delivery: Delivery) => Promise<void>;

/** Every `@OnFact` method of the application, found once at boot. */
@Injectable()
export class FactListeners implements OnModuleInit {
  private readonly handlers = new Map<string, Handler>();
  private readonly listenersOfTopic = new Map<string, string[]>();

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

  of(topic: string): readonly string[] {
    return this.listenersOfTopic.get(topic) ?? [];
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

  private add({ topic, listener }: FactSubscription, handler: Handler): void {
    if (this.handlers.has(listener)) throw new Error(`two listeners are named ${listener}`);
    this.handlers.set(listener, handler);
    this.listenersOfTopic.set(topic, [...this.of(topic), listener]);
  }
}
