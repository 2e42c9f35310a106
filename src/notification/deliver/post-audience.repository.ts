import { Injectable } from '@nestjs/common';
import { isListed, isOpen, NOW } from '../../content/access/post-access.service';
import { Database, statement } from '../../infra/database/database';
import { live } from '../../subscription/membership/entitlement.service';
import type { PostToldPayload } from './post-told.fact';

export interface Listener {
  readonly id: number;
  /** Whether the post may be read by it; on MySQL 0 or 1. */
  readonly open: boolean | number;
}

/** $1 = the post, $4 = whose it is, $5 = the last account before, $6 = how many. */
const readers = (accounts: string): string => `select r.id, ${isOpen('p', 'r.id')} as open
  from (${accounts}) r join post p on p.id = $1 and ${isListed('p', 'r.id')} order by r.id`;

const FOLLOWERS = statement(
  'post-audience.followers',
  readers(`select f.follower_id as id from follow f where f.creator_id between $4 and $4 and f.follower_id > $5
    order by f.creator_id, f.follower_id limit $6`),
);

const MEMBERS = statement(
  'post-audience.members',
  readers(`select distinct m.account_id as id from membership m
    where m.creator_id = $4 and m.account_id > $5 and ${live('m', NOW)} order by m.account_id limit $6`),
);

/** Whom a post may be told to, by the one access policy. */
@Injectable()
export class PostAudienceRepository {
  constructor(private readonly database: Database) {}

  /** The next of them; none where the post is out no more. */
  next({ post_id, creator_id, audience, after }: PostToldPayload, limit: number, now: Date): Promise<Listener[]> {
    const values = [post_id, now, false, creator_id, after, limit];
    return this.database.rows<Listener>(audience === 'followers' ? FOLLOWERS : MEMBERS, values);
  }
}
