import type { Provider, Type } from '@nestjs/common';
import { Membership } from './membership.entity';
import { MembershipRepository } from './membership.repository';
import { MembershipService } from './membership.service';
import { MembershipSource } from './membership-source.entity';
import { MembershipWriter } from './membership.writer';

/** The part of SubscriptionModule for memberships. */
export const MEMBERSHIP = {
  entities: [Membership, MembershipSource],
  controllers: [] as Type[],
  providers: [MembershipRepository, MembershipService, MembershipWriter] as Provider[],
};
