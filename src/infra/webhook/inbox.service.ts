import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError } from '../../common/domain-error';
import { UnitOfWork } from '../database/unit-of-work';
import type { DeliveryOutcome } from './inbound-call';
import { type Answered, InboxRepository } from './inbox.repository';
import type { SignedCall } from './signed-call';
import { WebhookSources } from './webhook-sources';

/** Where genuine calls of prompt sources are processed and kept. */
@Injectable()
export class InboxService {
  private readonly logger = new Logger(InboxService.name);

  constructor(
    private readonly sources: WebhookSources,
    private readonly deliveries: InboxRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What its source's processor makes of a call, kept in the same transaction; throws what that throws, kept too. */
  async receive(call: SignedCall): Promise<DeliveryOutcome> {
    const { processor } = this.sources.prompt(call.source);
    try {
      return await this.unitOfWork.run(async () => {
        const outcome = await processor.process(call.document);
        await this.deliveries.keep(call, outcome, outcome.changed, this.clock.now());
        return outcome;
      });
    } catch (error) {
      await this.keepFailure(call, error);
      throw error;
    }
  }

  /** The answer matters more than the record of it: where that can't be written, the log says so. */
  private async keepFailure(call: SignedCall, error: unknown): Promise<void> {
    try {
      await this.deliveries.keep(call, failure(error), true, this.clock.now());
    } catch (cause) {
      this.logger.error(`a failed delivery of ${call.source} could not be kept`, String(cause));
    }
  }
}

/** A refusal as the client reads it; of anything else the name alone, for its text may hold more than it should. */
export function failure(error: unknown): Answered {
  if (error instanceof DomainError) {
    return { status: error.status, effect: { error: error.details.fields ?? error.message } };
  }
  return { status: 500, effect: { error: error instanceof Error ? error.name : 'Error' } };
}
