import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PostPublished, type PostPublishedPayload } from '../../content/events/post-published.event';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OnFact } from '../../infra/outbox/on-fact';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { postNotice } from '../listen/content-notice.rules';
import { BATCH, NoticeWriter } from './notice-writer';
import { PostAudienceRepository } from './post-audience.repository';
import { PostTold, type PostToldPayload } from './post-told.fact';

/**
 * Tells a post to its audience, a batch at a time: each is a transaction of its own that ends by asking for the next, so
 * that however many follow a creator, nobody waits behind them, and an instance that dies loses nothing.
 */
@Injectable()
export class PostFanOut {
  constructor(
    private readonly audiences: PostAudienceRepository,
    private readonly writer: NoticeWriter,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @OnFact(PostPublished.topic, 'notification.post-published')
  published({ post_id, creator_id }: PostPublishedPayload): Promise<void> {
    return this.step({ post_id, creator_id, audience: 'followers', after: 0 });
  }

  @OnFact(PostTold.topic, 'notification.post-told')
  goOn(fact: PostToldPayload): Promise<void> {
    return this.step(fact);
  }

  private async step(fact: PostToldPayload): Promise<void> {
    const listeners = await this.audiences.next(fact, BATCH, this.clock.now());
    const open = listeners.filter((listener) => listener.open).map(({ id }) => id);
    const rest = restOf(fact, listeners.length === BATCH ? listeners.at(-1)?.id : undefined);
    await this.unitOfWork.run(async () => {
      await this.writer.tell(postNotice(fact), open);
      if (rest !== undefined) await this.outbox.publish(new PostTold(rest));
    });
  }
}

/** Followers first, and then members, many of whom follow too: nobody is told twice. */
function restOf(fact: PostToldPayload, last: number | undefined): PostToldPayload | undefined {
  if (last !== undefined) return { ...fact, after: last };
  return fact.audience === 'followers' ? { ...fact, audience: 'members', after: 0 } : undefined;
}
