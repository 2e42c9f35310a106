import { AccountService, type NewAccount } from '../../src/auth/account/account.service';
import { MembershipService } from '../../src/subscription/membership/membership.service';
import type { TierRequest } from '../../src/subscription/tier/dto/tier.request';
import { TierResponse } from '../../src/subscription/tier/dto/tier.response';
import { TierService } from '../../src/subscription/tier/tier.service';
import type { TestApp } from '../setup/test-app';
import { loggedIn, type LoggedIn } from './administrator';

let tiers = 0;
let memberships = 0;

/** Somebody who may publish and sell. */
export async function aCreator(app: TestApp, details: Partial<NewAccount> = {}): Promise<LoggedIn> {
  const person = await loggedIn(app, details);
  await app.get(AccountService).updateProfile(person.id, { isCreator: true });
  return person;
}

/** A paid tier unless `overrides` say `is_public: true`; they are as a request's. */
export async function aTier(
  app: TestApp,
  creator: { readonly id: number },
  overrides: Partial<TierRequest> = {},
): Promise<TierResponse> {
  tiers += 1;
  const prices = overrides.is_public === true ? [] : [{ currency: 'INR', amount: 19900 } as const];
  return TierResponse.of(
    await app.get(TierService).create(creator.id, { name: `Tier ${tiers}`, prices: [...prices], ...overrides }),
  );
}

/** Gives the source's id, for `MembershipService.releaseSource`. An `endsAt` in the past makes a lapsed member. */
export async function memberOf(
  app: TestApp,
  account: { readonly id: number },
  tier: { readonly id: number },
  { endsAt = null }: { endsAt?: Date | null } = {},
): Promise<number> {
  memberships += 1;
  const reference = `test-${memberships}`;
  const source = { kind: 'subscription', reference, endsAt } as const;
  return (await app.get(MembershipService).grant({ accountId: account.id, tierId: tier.id, ...source })).sourceId;
}
