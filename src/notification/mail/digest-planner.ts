import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { nextDigest } from '../deliver/local-time.rules';
import { NotificationMailRepository } from './mail.repository';

/** Moves a waiting digest to the reader's nine o'clock, wherever the reader lives now. */
@Injectable()
export class DigestPlanner {
  constructor(
    private readonly notifications: NotificationMailRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async plan(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const planned = await this.notifications.planned(accountId, now);
      if (planned === undefined) return;
      const timeZone = (await this.notifications.zoneOf(accountId)) ?? 'UTC';
      await this.notifications.move(accountId, nextDigest(now, timeZone, planned.day));
    });
  }
}
