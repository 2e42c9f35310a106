import { Injectable } from '@nestjs/common';
import { Commented, type CommentedPayload } from '../../content/events/commented.event';
import { Followed, type FollowedPayload } from '../../content/events/followed.event';
import { Liked, type LikedPayload } from '../../content/events/liked.event';
import { PostPublished, type PostPublishedPayload } from '../../content/events/post-published.event';
import { type Delivery, OnFact } from '../../infra/outbox/on-fact';
import { commentEvent, followEvent, likeEvent, postEvent } from '../event/content-event.rules';
import { EventWriter } from './event.writer';

@Injectable()
export class ContentEventListener {
  constructor(private readonly writer: EventWriter) {}

  @OnFact(PostPublished.topic, 'webhook-endpoint.post-published')
  published(fact: PostPublishedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(postEvent(fact), factId);
  }

  @OnFact(Commented.topic, 'webhook-endpoint.commented')
  commented(fact: CommentedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(commentEvent(fact), factId);
  }

  @OnFact(Liked.topic, 'webhook-endpoint.liked')
  liked(fact: LikedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(likeEvent(fact), factId);
  }

  @OnFact(Followed.topic, 'webhook-endpoint.followed')
  followed(fact: FollowedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(followEvent(fact), factId);
  }
}
