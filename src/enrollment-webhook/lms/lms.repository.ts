import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import { Lms } from './lms.entity';

// On PostgreSQL not `for update`, which would hold up new deliveries: their foreign key shares the row.
const LOCK = statement('lms.lock', 'select id from lms where id = $1 for no key update');
const REMOVE = statement('lms.remove', 'delete from lms where id = $1');

// Of calls that go wrong side by side one counts.
const PAUSE = statement(
  'lms.pause',
  `update lms set failures = failures + 1, paused_until = $2
    where id = $1 and (paused_until is null or paused_until <= $3)`,
);
const RESUME = statement(
  'lms.resume',
  'update lms set failures = 0, paused_until = null where id = $1 and (failures > 0 or paused_until is not null)',
);
const FORGET_PREVIOUS = statement(
  'lms.forget-previous',
  'update lms set previous_secret = null where previous_secret is not null and rotated_at < $1',
);

@Injectable()
export class LmsRepository {
  constructor(private readonly database: Database) {}

  async byId(id: number): Promise<Lms | undefined> {
    return (await this.database.manager.findOneBy(Lms, { id })) ?? undefined;
  }

  page(page: PageRequest): Promise<[Lms[], number]> {
    return this.database.manager.findAndCount(Lms, { order: { id: 'asc' }, take: page.size, skip: offsetOf(page) });
  }

  /** Whoever changes it holds this lock; false where there is none. */
  async lock(id: number): Promise<boolean> {
    return (await this.database.first(LOCK, [id])) !== undefined;
  }

  /** Hits `uq_lms_name` where another has the name. */
  async add(lms: Omit<Lms, 'id'>): Promise<number> {
    const entity = this.database.manager.create(Lms, lms);
    await this.database.manager.insert(Lms, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<Omit<Lms, 'id'>>): Promise<void> {
    await this.database.manager.update(Lms, { id }, changes);
  }

  /** With all that it was told. */
  async remove(id: number): Promise<boolean> {
    return (await this.database.execute(REMOVE, [id])).affected === 1;
  }

  /** Nothing is sent to it until then; one that is paused already stays as it is. */
  async pause(id: number, until: Date, now: Date): Promise<void> {
    await this.database.execute(PAUSE, [id, until, now]);
  }

  async resume(id: number): Promise<void> {
    await this.database.execute(RESUME, [id]);
  }

  async forgetPreviousSecrets(rotatedBefore: Date): Promise<void> {
    await this.database.execute(FORGET_PREVIOUS, [rotatedBefore]);
  }
}
