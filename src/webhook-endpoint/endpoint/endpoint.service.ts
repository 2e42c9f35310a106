import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid, notAuthenticated, notFound } from '../../common/domain-error';
import { type Page, pageOf, type PageQuery, parsePage } from '../../common/page';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboundClient } from '../../infra/outbound/outbound-client';
import { DeliveryWorker } from '../deliver/delivery.worker';
import { tooManyEndpoints } from '../webhook-endpoint.errors';
import type { ChangeEndpointRequest, EndpointRequest } from './dto/endpoint.request';
import type { EndpointWithSecret } from './dto/endpoint.response';
import { EndpointSecretBox } from './endpoint-secret.box';
import { freshSecrets, newSecret, rotated } from './endpoint-secret.rules';
import { type EndpointChanges, type EndpointRecord, EndpointRepository } from './endpoint.repository';
import { freeSlot, MOST_ENDPOINTS } from './endpoint.rules';

const UNBROKEN = { failingSince: null, failedAt: null, failedDeliveries: 0 } as const;

/** Where an account wants to hear of what happens to it. To everybody else an endpoint is not there. */
@Injectable()
export class EndpointService {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly secrets: EndpointSecretBox,
    private readonly outbound: OutboundClient,
    private readonly worker: DeliveryWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The secret is never shown again. @throws DomainError 400 for a URL that is not called, 401, 409 */
  async create(accountId: number, request: EndpointRequest): Promise<EndpointWithSecret> {
    await this.expectCallable(request.url);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.add(accountId, request);
      } catch (error) {
        // Another one took the slot at this moment. There are only so many.
        if (attempt > MOST_ENDPOINTS || !isUniqueViolation(error, 'uq_webhook_endpoint_slot')) throw error;
      }
    }
  }

  /** Oldest first. */
  async list(accountId: number, query: PageQuery, url: URL): Promise<Page<EndpointRecord>> {
    const request = parsePage(query);
    const [endpoints, count] = await this.endpoints.page(accountId, request);
    return pageOf(endpoints, count, request, url);
  }

  /** @throws DomainError 404 */
  async get(accountId: number, id: number): Promise<EndpointRecord> {
    return found(await this.endpoints.one(id, accountId));
  }

  /** Enabled anew it goes on with what waits for it. @throws DomainError 404, 400 */
  async change(accountId: number, id: number, request: ChangeEndpointRequest): Promise<EndpointRecord> {
    await this.get(accountId, id);
    if (request.url !== undefined) await this.expectCallable(request.url);
    return this.unitOfWork.run(async () => {
      const before = found(await this.endpoints.lock(id, accountId));
      await this.endpoints.change(id, { ...changesOf(before, request, this.clock.now()) });
      this.unitOfWork.afterCommit(() => this.worker.wake());
      return this.get(accountId, id);
    });
  }

  /** A new secret; the one before it signs too for 24 hours. @throws DomainError 404 */
  async rotate(accountId: number, id: number): Promise<EndpointWithSecret> {
    const secret = newSecret();
    const endpoint = await this.unitOfWork.run(async () => {
      const { sealed } = found(await this.endpoints.lock(id, accountId));
      const now = this.clock.now();
      const secrets = rotated(this.secrets.open(accountId, sealed), secret, now);
      await this.endpoints.change(id, { sealed: this.secrets.seal(accountId, secrets), updatedAt: now });
      return this.get(accountId, id);
    });
    return { endpoint, secret };
  }

  /** With its log. @throws DomainError 404 */
  async remove(accountId: number, id: number): Promise<void> {
    // Its log may be emptied at this moment, in another order.
    if (!(await this.unitOfWork.run(() => this.endpoints.remove(id, accountId)))) throw notFound();
  }

  async removeAllOf(accountId: number): Promise<void> {
    await this.unitOfWork.run(() => this.endpoints.removeAllOf(accountId));
  }

  private add(accountId: number, request: EndpointRequest): Promise<EndpointWithSecret> {
    return this.unitOfWork.run(async () => {
      if (!(await this.endpoints.holdOwner(accountId))) throw notAuthenticated();
      const slot = freeSlot(await this.endpoints.slots(accountId));
      if (slot === undefined) throw tooManyEndpoints(MOST_ENDPOINTS);
      const { url, description, enabled } = request;
      const now = this.clock.now();
      const secrets = freshSecrets();
      const id = await this.endpoints.add(
        {
          accountId,
          slot,
          url,
          description,
          events: eventsOf(request.events),
          sealed: this.secrets.seal(accountId, secrets),
          disabledReason: enabled ? null : 'owner',
          disabledAt: enabled ? null : now,
        },
        now,
      );
      return { endpoint: await this.get(accountId, id), secret: secrets.current };
    });
  }

  /** As the name leads now; it is looked at again at each call. */
  private async expectCallable(url: string): Promise<void> {
    const refusal = await this.outbound.refusal(url);
    if (refusal !== undefined) throw invalid({ url: [refusal] });
  }
}

function found(endpoint: EndpointRecord | undefined): EndpointRecord {
  if (endpoint === undefined) throw notFound();
  return endpoint;
}

function changesOf(before: EndpointRecord, request: ChangeEndpointRequest, now: Date): EndpointChanges {
  const { url, description, events, enabled } = request;
  return {
    ...(url !== undefined && { url, ...(url !== before.url && UNBROKEN) }),
    ...(description !== undefined && { description }),
    ...(events !== undefined && { events: eventsOf(events) }),
    ...(enabled === true && before.disabledAt !== null && enabledAt(now)),
    ...(enabled === false && before.disabledAt === null && switchedOff(now)),
    updatedAt: now,
  };
}

function enabledAt(now: Date): EndpointChanges {
  return { disabledReason: null, disabledAt: null, dueAt: now, ...UNBROKEN };
}

function switchedOff(now: Date): EndpointChanges {
  return { disabledReason: 'owner', disabledAt: now, dueAt: null };
}

const eventsOf = (events: readonly string[]): string => JSON.stringify([...new Set(events)]);
