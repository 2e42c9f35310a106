import { trigramsOf, wordsOf } from '../../src/feed/search/creator-name.rules';
import type { Community } from './community';
import type { TableRows, Value } from './copy';
import { FIRST_NAMES, LAST_NAMES } from './text';

/** Of user `index`, from 0. The first of them are the creators. */
export const accountId = (index: number): number => index + 1;
export const usernameOf = (index: number): string => `user${accountId(index)}`;
export const SILVER = 19_900;
export const GOLD = 49_900;
export const silverOf = (creator: number): number => creator * 2 + 1;
export const goldOf = (creator: number): number => creator * 2 + 2;

function namesOf(index: number): [first: string, last: string] {
  const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
  return [first, LAST_NAMES[Math.floor(index / FIRST_NAMES.length) % LAST_NAMES.length] ?? ''];
}

export function accounts({ shape }: Community, passwordHash: string, now: Date): TableRows {
  const columns = ['id', 'username', 'username_key', 'email', 'email_key', 'password_hash', 'first_name', 'last_name'];
  return {
    table: 'account',
    columns: [...columns, 'time_zone', 'is_creator', 'email_verified_at', 'created_at', 'updated_at'],
    *rows() {
      for (let index = 0; index < shape.users; index += 1) {
        const name = usernameOf(index);
        const email = `${name}@bench.example`;
        const person = [...namesOf(index), 'Asia/Kolkata', index < shape.creators];
        yield [accountId(index), name, name, email, email, passwordHash, ...person, now, now, now];
      }
    },
  };
}

/** What a listener makes of each creator's name. */
export function trigrams({ shape }: Community): TableRows {
  return {
    table: 'creator_trigram',
    columns: ['trigram', 'account_id'],
    *rows() {
      for (let creator = 0; creator < shape.creators; creator += 1) {
        const words = wordsOf(usernameOf(creator), ...namesOf(creator));
        for (const trigram of trigramsOf(words)) yield [trigram, accountId(creator)];
      }
    },
  };
}

export function tiers({ shape, memberCounts }: Community, now: Date): TableRows {
  const columns = ['id', 'creator_id', 'name', 'description', 'prices', 'price_rank', 'member_count', 'course_ids'];
  return {
    table: 'tier',
    columns: [...columns, 'created_at', 'updated_at'],
    *rows() {
      for (let creator = 0; creator < shape.creators; creator += 1) {
        const members = memberCounts[creator] ?? 0;
        yield [silverOf(creator), accountId(creator), 'Silver', '', pricesOf(SILVER), SILVER, members, '[]', now, now];
        yield [goldOf(creator), accountId(creator), 'Gold', '', pricesOf(GOLD), GOLD, 0, '[]', now, now];
      }
    },
  };
}

const pricesOf = (amount: number): string => JSON.stringify([{ currency: 'INR', amount }]);

export function prices({ shape }: Community, now: Date): TableRows {
  return {
    table: 'tier_price',
    columns: ['tier_id', 'currency', 'amount', 'version', 'current_slot', 'created_at'],
    *rows() {
      for (let creator = 0; creator < shape.creators; creator += 1) {
        yield [silverOf(creator), 'INR', SILVER, 1, 'INR', now];
        yield [goldOf(creator), 'INR', GOLD, 1, 'INR', now];
      }
    },
  };
}

export function memberships({ shape, memberOf }: Community, now: Date): TableRows {
  return {
    table: 'membership',
    columns: ['id', 'account_id', 'tier_id', 'creator_id', 'started_at', 'created_at', 'updated_at'],
    *rows() {
      for (let user = 0; user < shape.users; user += 1) {
        const creator = memberOf[user] ?? 0;
        yield [user + 1, accountId(user), silverOf(creator), accountId(creator), now, now, now];
      }
    },
  };
}

export function membershipSources({ shape }: Community, now: Date): TableRows {
  return {
    table: 'membership_source',
    columns: ['membership_id', 'kind', 'reference', 'live_slot', 'reason', 'created_at'],
    *rows() {
      for (let user = 0; user < shape.users; user += 1) {
        const reference = String(user + 1);
        yield [user + 1, 'comp', reference, `comp:${reference}`, 'seeded', now];
      }
    },
  };
}

export function follows({ shape, follows: chosen }: Community, now: Date): TableRows {
  return {
    table: 'follow',
    columns: ['follower_id', 'creator_id', 'created_at'],
    *rows(): Generator<readonly Value[]> {
      for (let index = 0; index < chosen.length; index += 1) {
        const user = Math.floor(index / shape.followsPerUser);
        yield [accountId(user), accountId(chosen[index] ?? 0), now];
      }
    },
  };
}

export function counters({ shape, followerCounts, postCounts }: Community): TableRows {
  return {
    table: 'creator_counter',
    columns: ['account_id', 'follower_count', 'post_count'],
    *rows() {
      for (let creator = 0; creator < shape.creators; creator += 1) {
        yield [accountId(creator), followerCounts[creator] ?? 0, postCounts[creator] ?? 0];
      }
    },
  };
}
