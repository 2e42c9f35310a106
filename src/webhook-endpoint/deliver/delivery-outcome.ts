import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { hasArrived, isGone, type NextStep, nextStep } from './delivery-schedule.rules';
import { DeliveryOutcomeRepository, type Standing } from './delivery-outcome.repository';
import type { DueDelivery, Turn } from './delivery-queue.repository';
import { disabledMail } from './disabled.mail';
import type { CallResult } from './endpoint.caller';
import { isFailing, type Streak, streakAfter } from './failing.rules';

/** What did not arrive at a URL that was changed meanwhile says nothing of the present one. */
const AGAIN: NextStep = { status: 'pending', delayMs: 0 };

/** Keeps what came of a call, and what follows for the delivery and for its endpoint. */
@Injectable()
export class DeliveryOutcome {
  constructor(
    private readonly outcomes: DeliveryOutcomeRepository,
    private readonly accounts: AccountService,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async keep({ id, url }: Turn, delivery: DueDelivery, result: CallResult): Promise<void> {
    await this.unitOfWork.run(async () => {
      const standing = await this.outcomes.hold(id);
      if (standing === undefined) return;
      const isFormer = standing.url !== url && !hasArrived(result);
      const step = isFormer ? AGAIN : nextStep(delivery.tries + 1, result, Math.random());
      const now = this.clock.now();
      const runAt = new Date(now.getTime() + (step.status === 'pending' ? step.delayMs : 0));
      if (!(await this.outcomes.settle(delivery, step.status, runAt, now))) return;
      await this.outcomes.log(delivery.id, result, now);
      if (!isFormer) await this.judge(id, standing, delivery, result);
    });
  }

  private async judge(id: number, standing: Standing, { tries }: DueDelivery, result: CallResult): Promise<void> {
    const before = streakOf(standing);
    if (hasArrived(result)) {
      if (before !== undefined) await this.outcomes.keep(id, undefined);
      return;
    }
    const now = this.clock.now();
    const streak = streakAfter(before, now, tries === 0);
    await this.outcomes.keep(id, streak);
    if (isGone(result)) await this.disable(id, standing, 'gone', now);
    else if (isFailing(streak)) await this.disable(id, standing, 'failing', now);
  }

  /** Its owner hears of it once. */
  private async disable(id: number, standing: Standing, reason: 'gone' | 'failing', now: Date): Promise<void> {
    if (!(await this.outcomes.disable(id, reason, now))) return;
    const owner = await this.accounts.findById(standing.accountId);
    // A mailbox that nobody has proven may be a stranger's.
    if (owner && owner.emailVerifiedAt !== null) await this.mails.send(disabledMail(owner.email, standing, reason));
  }
}

function streakOf({ failingSince, failedAt, failedDeliveries }: Standing): Streak | undefined {
  if (failingSince === null || failedAt === null) return undefined;
  return { since: failingSince, failedAt, deliveries: failedDeliveries };
}
