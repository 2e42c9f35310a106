import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Commented, type CommentedPayload } from '../../content/events/commented.event';
import { Followed, type FollowedPayload } from '../../content/events/followed.event';
import { Liked, type LikedPayload } from '../../content/events/liked.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { NoticeWriter } from '../deliver/notice-writer';
import { CommentAudienceRepository } from './comment-audience.repository';
import { commentNotice, followNotice, likeNotice } from './content-notice.rules';

@Injectable()
export class ContentListener {
  constructor(
    private readonly writer: NoticeWriter,
    private readonly audience: CommentAudienceRepository,
    private readonly clock: Clock,
  ) {}

  @OnFact(Followed.topic, 'notification.followed')
  followed(fact: FollowedPayload): Promise<void> {
    return this.writer.tell(followNotice(fact), [fact.creator_id]);
  }

  @OnFact(Liked.topic, 'notification.liked')
  liked(fact: LikedPayload): Promise<void> {
    return this.writer.tell(likeNotice(fact), [fact.creator_id]);
  }

  /** Whoever is answered hears of a reply, also on an own post; nobody of both. */
  @OnFact(Commented.topic, 'notification.commented')
  async commented(fact: CommentedPayload): Promise<void> {
    const readers = await this.audience.readers(fact.comment_id, this.clock.now());
    const answered = fact.parent_id === null ? undefined : await this.audience.answered(fact.comment_id);
    const replied = readers.filter((id) => id === answered);
    const others = readers.filter((id) => id !== answered);
    await this.writer.tell(commentNotice('reply', fact), replied);
    await this.writer.tell(commentNotice('comment', fact), others);
  }
}
