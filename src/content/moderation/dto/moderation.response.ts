import { ApiProperty } from '@nestjs/swagger';
import { PersonView } from '../../post/post-view.service';
import type { BanRow } from '../comment-ban.repository';
import {
  MODERATION_ACTIONS,
  MODERATION_SUBJECTS,
  type ModerationActionName,
  type ModerationRow,
  type ModerationSubject,
} from '../moderation-log.repository';

export class BanResponse {
  @ApiProperty({ type: PersonView })
  account: PersonView;

  @ApiProperty({ example: 'Advertising.' })
  reason: string;

  @ApiProperty({ type: 'integer', description: 'An account.', example: 7 })
  banned_by: number;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(this: void, row: BanRow): BanResponse {
    return {
      account: { id: row.account_id, username: row.username, profile_pic: row.profile_pic },
      reason: row.reason,
      banned_by: row.banned_by,
      created_at: row.created_at.toISOString(),
    };
  }
}

export class ModerationResponse {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ type: PersonView, nullable: true, description: 'Null where the account is closed.' })
  actor: PersonView | null;

  @ApiProperty({ enum: MODERATION_ACTIONS, example: 'hide' })
  action: ModerationActionName;

  @ApiProperty({ enum: MODERATION_SUBJECTS, example: 'comment' })
  subject_kind: ModerationSubject;

  @ApiProperty({ type: 'integer', example: 45 })
  subject: number;

  @ApiProperty({ type: 'integer', description: 'On whose page; 0 = everywhere.', example: 7 })
  creator: number;

  @ApiProperty({ type: 'integer', description: 'Against whom; 0 = nobody.', example: 9 })
  account: number;

  @ApiProperty({ example: 'Advertising.' })
  reason: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(this: void, row: ModerationRow): ModerationResponse {
    const { actor_id, actor_username, actor_profile_pic } = row;
    const isThere = actor_username !== null;
    return {
      id: row.id,
      actor: isThere ? { id: actor_id, username: actor_username, profile_pic: actor_profile_pic ?? '' } : null,
      action: row.action,
      subject_kind: row.subject_kind,
      subject: row.subject_id,
      creator: row.creator_id,
      account: row.account_id,
      reason: row.reason,
      created_at: row.created_at.toISOString(),
    };
  }
}

/** A post that has been withdrawn, or is there again. */
export class TakedownResponse {
  @ApiProperty({ type: 'integer', example: 12 })
  id: number;

  @ApiProperty({ example: true })
  hidden: boolean;
}
