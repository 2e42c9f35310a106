import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { withoutPerson } from '../event/event-person.rules';
import { EventPersonRepository } from './event-person.repository';

const BATCH = 500;

@Injectable()
export class EventPersonService {
  constructor(
    private readonly persons: EventPersonRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** In what waits, and in what was sent to others, the person is null from now on. In batches. Repeatable. */
  async forget(accountId: number): Promise<void> {
    while ((await this.unitOfWork.run(() => this.forgetSome(accountId))) === BATCH);
  }

  private async forgetSome(accountId: number): Promise<number> {
    const naming = await this.persons.naming(accountId, BATCH);
    for (const { id, body } of naming) await this.persons.forget(id, withoutPerson(body, accountId));
    return naming.length;
  }
}
