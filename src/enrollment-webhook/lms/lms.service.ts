import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, type PageRequest } from '../../common/page';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { lmsExists } from '../enrollment-webhook.errors';
import type { LmsChangeRequest, LmsOpenEdxRequest, LmsRequest } from './dto/lms.request';
import { previousSecretUntil } from './lms-connection';
import { LmsQueueRepository } from './lms-queue.repository';
import { LmsSecrets } from './lms-secrets';
import { LmsUrls } from './lms-urls';
import type { Lms } from './lms.entity';
import { LmsRepository } from './lms.repository';

export interface LmsRecord {
  readonly lms: Lms;
  readonly previousSecretUntil: Date | null;
  /** Null where it is not paused now. */
  readonly pausedUntil: Date | null;
}

type Columns = Omit<Lms, 'id'>;

/** The LMSs that are told who may enter their courses. */
@Injectable()
export class LmsService {
  constructor(
    private readonly lmses: LmsRepository,
    private readonly queue: LmsQueueRepository,
    private readonly secrets: LmsSecrets,
    private readonly urls: LmsUrls,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** It hears of what changes from now on; `sync` tells it of the rest. @throws DomainError 400, 409 */
  async register(request: LmsRequest): Promise<LmsRecord> {
    await this.urls.check(request);
    const now = this.clock.now();
    const columns: Columns = {
      name: request.name,
      url: request.url,
      secret: '',
      previousSecret: null,
      rotatedAt: null,
      eventsUrl: request.events_url ?? null,
      openedxUrl: null,
      openedxClientId: null,
      openedxClientSecret: null,
      enabled: request.enabled ?? true,
      failures: 0,
      pausedUntil: null,
      createdAt: now,
      updatedAt: now,
    };
    return this.named(request.name, async () => {
      const id = await this.lmses.add(columns);
      const secret = this.secrets.seal(id, request.secret);
      await this.lmses.change(id, { secret, ...this.openEdxColumns(id, request.openedx ?? null) });
      return this.get(id);
    });
  }

  async list(page: PageRequest, url: URL): Promise<Page<LmsRecord>> {
    const [lmses, count] = await this.lmses.page(page);
    return pageOf(
      lmses.map((lms) => this.record(lms)),
      count,
      page,
      url,
    );
  }

  /** @throws DomainError 404 */
  async get(id: number): Promise<LmsRecord> {
    const lms = await this.lmses.byId(id);
    if (lms === undefined) throw notFound();
    return this.record(lms);
  }

  /** Absent fields stay as they are; what waits for its next attempt is tried at once. @throws DomainError 400, 404, 409 */
  async change(id: number, request: LmsChangeRequest): Promise<LmsRecord> {
    await this.urls.check(request);
    return this.named(request.name ?? '', async () => {
      await this.lock(id);
      const now = this.clock.now();
      const { name, url, events_url: eventsUrl, openedx, enabled } = request;
      await this.lmses.change(id, {
        ...(name !== undefined && { name }),
        ...(url !== undefined && { url }),
        ...(eventsUrl !== undefined && { eventsUrl }),
        ...(openedx !== undefined && this.openEdxColumns(id, openedx)),
        ...(enabled !== undefined && { enabled }),
        updatedAt: now,
      });
      await this.hurry(id, now);
      return this.get(id);
    });
  }

  /** The new secret signs; the one before is tried after a 401, for seven days. @throws DomainError 404 */
  async rotate(id: number, secret: string): Promise<LmsRecord> {
    return this.unitOfWork.run(async () => {
      await this.lock(id);
      const { lms } = await this.get(id);
      // The same request once more must not make the new secret the one before.
      const current = this.secrets.openIfPossible(id, lms.secret);
      if (current === secret) return this.record(lms);
      const now = this.clock.now();
      const previousSecret = current === undefined ? null : lms.secret;
      const changes = { secret: this.secrets.seal(id, secret), previousSecret, rotatedAt: now };
      await this.lmses.change(id, { ...changes, updatedAt: now });
      await this.hurry(id, now);
      return this.get(id);
    });
  }

  /** With all that is known of what it was told. @throws DomainError 404 */
  async remove(id: number): Promise<void> {
    if (!(await this.lmses.remove(id))) throw notFound();
  }

  private async lock(id: number): Promise<void> {
    if (!(await this.lmses.lock(id))) throw notFound();
  }

  private async hurry(id: number, now: Date): Promise<void> {
    await this.lmses.resume(id);
    await this.queue.hurry(id, now);
  }

  private openEdxColumns(id: number, openedx: LmsOpenEdxRequest | null): Partial<Columns> {
    if (openedx === null) return { openedxUrl: null, openedxClientId: null, openedxClientSecret: null };
    return {
      openedxUrl: openedx.base_url,
      openedxClientId: openedx.client_id,
      openedxClientSecret: this.secrets.seal(id, openedx.client_secret),
    };
  }

  private record(lms: Lms): LmsRecord {
    const now = this.clock.now();
    const pausedUntil = lms.pausedUntil !== null && lms.pausedUntil > now ? lms.pausedUntil : null;
    return { lms: { ...lms, id: Number(lms.id) }, previousSecretUntil: previousSecretUntil(lms, now), pausedUntil };
  }

  private async named(name: string, work: () => Promise<LmsRecord>): Promise<LmsRecord> {
    try {
      return await this.unitOfWork.run(work);
    } catch (error) {
      if (!isUniqueViolation(error, 'uq_lms_name')) throw error;
      throw lmsExists(name, error);
    }
  }
}
