import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../crypto/field-cipher';
import { Database, statement } from '../database/database';
import { UnitOfWork } from '../database/unit-of-work';
import type { StoredAnswer } from './stored-answer';

/** The right to work on a request, until the lease ends. */
export interface Claim {
  readonly scope: string;
  readonly claim: string;
}

export interface NewClaim extends Claim {
  readonly fingerprint: string;
  readonly leasedUntil: Date;
  readonly expiresAt: Date;
}

export interface KnownKey extends NewClaim {
  readonly answer: StoredAnswer | undefined;
}

type KeyRow = NewClaim & { readonly answer: string | null };

const COLUMNS = '(scope, claim, fingerprint, leased_until, expires_at) values ($1, $2, $3, $4, $5)';
const ADD = statement(
  'idempotency.add',
  `insert into idempotency_key ${COLUMNS} on conflict (scope) do nothing`,
  `insert ignore into idempotency_key ${COLUMNS}`,
);

const FIND = statement(
  'idempotency.find',
  `select scope, claim, fingerprint, answer, leased_until as "leasedUntil", expires_at as "expiresAt"
     from idempotency_key where scope = $1`,
);

// Asks once more what was true when the row was read: meanwhile its request may have ended, or another taken it.
const TAKE_OVER = statement(
  'idempotency.take-over',
  `update idempotency_key set claim = $2, fingerprint = $3, answer = null, leased_until = $4, expires_at = $5
    where scope = $1 and claim = $6 and (expires_at <= $7 or (answer is null and leased_until <= $7))`,
);

const HELD = 'where scope = $1 and claim = $2 and answer is null';
const RENEW = statement('idempotency.renew', `update idempotency_key set leased_until = $3 ${HELD}`);
const FINISH = statement('idempotency.finish', `update idempotency_key set answer = $3 ${HELD}`);
const RELEASE = statement('idempotency.release', `delete from idempotency_key ${HELD}`);

const SWEEP = statement(
  'idempotency.sweep',
  `delete from idempotency_key where id in
     (select id from idempotency_key where expires_at <= $1 order by id limit 1000)`,
  'delete from idempotency_key where expires_at <= $1 order by id limit 1000',
);

@Injectable()
export class IdempotencyRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** False where the scope has a row already. */
  async add(claim: NewClaim): Promise<boolean> {
    // MySQL calls it a deadlock when several insert what is just being deleted, and a unit of work tries again.
    return (await this.unitOfWork.run(() => this.database.execute(ADD, this.valuesOf(claim)))).affected === 1;
  }

  async find(scope: string): Promise<KnownKey | undefined> {
    const row = await this.database.first<KeyRow>(FIND, [scope]);
    if (row === undefined) return undefined;
    const { fingerprint, answer } = row;
    return {
      ...row,
      fingerprint: this.cipher.decrypt(fingerprint, contextOf(scope)),
      answer: answer === null ? undefined : (JSON.parse(this.cipher.decrypt(answer, contextOf(scope))) as StoredAnswer),
    };
  }

  /** False where the row is no longer free for it. */
  async takeOver(from: Claim, claim: NewClaim, now: Date): Promise<boolean> {
    return (await this.database.execute(TAKE_OVER, [...this.valuesOf(claim), from.claim, now])).affected === 1;
  }

  async renew({ scope, claim }: Claim, leasedUntil: Date): Promise<void> {
    await this.database.execute(RENEW, [scope, claim, leasedUntil]);
  }

  async finish({ scope, claim }: Claim, answer: StoredAnswer): Promise<void> {
    await this.database.execute(FINISH, [scope, claim, this.cipher.encrypt(JSON.stringify(answer), contextOf(scope))]);
  }

  async release({ scope, claim }: Claim): Promise<void> {
    await this.unitOfWork.run(() => this.database.execute(RELEASE, [scope, claim]));
  }

  /** Deletes up to a thousand keys that expired; gives how many. */
  async sweep(now: Date): Promise<number> {
    return (await this.unitOfWork.run(() => this.database.execute(SWEEP, [now]))).affected;
  }

  private valuesOf({ scope, claim, fingerprint, leasedUntil, expiresAt }: NewClaim): unknown[] {
    return [scope, claim, this.cipher.encrypt(fingerprint, contextOf(scope)), leasedUntil, expiresAt];
  }
}

const contextOf = (scope: string): string => `idempotency_key:${scope}`;
