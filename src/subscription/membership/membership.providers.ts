import type { Provider, Type } from '@nestjs/common';
import { Membership } from './membership.entity';
import { MembershipSource } from './membership-source.entity';

/** The part of SubscriptionModule for memberships. */
export const MEMBERSHIP = {
  entities: [Membership, MembershipSource],
  controllers: [] as Type[],
  providers: [] as Provider[],
};
